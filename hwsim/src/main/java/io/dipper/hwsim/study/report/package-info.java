/**
 * One self-contained page that shows the results of a sweep.
 *
 * <p>The face is {@code HtmlReport}.
 */
@NullMarked
package io.dipper.hwsim.study.report;

import org.jspecify.annotations.NullMarked;
