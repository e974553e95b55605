/** One self-contained page that shows the results of a sweep. */
@NullMarked
package io.dipper.hwsim.report;

import org.jspecify.annotations.NullMarked;
