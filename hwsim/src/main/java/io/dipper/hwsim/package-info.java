/**
 * The simulator in four wings that show the flow, {@code replay}, {@code time}, {@code profile} and
 * {@code study}, beside {@code synth} (traces of models that did not run), {@code machine} (the one
 * that this runs on, measured), {@code execute} (points run on it for real) and {@code table} (rows
 * as files).
 *
 * <p>Most callers need three classes: {@code study.point.Simulation}, {@code study.sweep.Sweep} and
 * {@code study.report.HtmlReport}.
 */
@NullMarked
package io.dipper.hwsim;

import org.jspecify.annotations.NullMarked;
