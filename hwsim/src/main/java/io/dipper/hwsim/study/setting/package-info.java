/**
 * The settings of a point, each declared once in {@code PointSettings}: how a sweep file, the
 * command line, results and the report say it.
 */
@NullMarked
package io.dipper.hwsim.study.setting;

import org.jspecify.annotations.NullMarked;
