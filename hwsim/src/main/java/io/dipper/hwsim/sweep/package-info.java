/** Grids of points: what a sweep file says, and running it into a result directory. */
@NullMarked
package io.dipper.hwsim.sweep;

import org.jspecify.annotations.NullMarked;
