/**
 * One token after another through the devices: what runs when, how it overlaps, and where the time
 * went.
 */
@NullMarked
package io.dipper.hwsim.engine;

import org.jspecify.annotations.NullMarked;
