/**
 * Units: the columns that masks choose, caches keep and Flash is read for; sets of them, and the
 * groups that a mask covers.
 *
 * <p>The lowest room: every other room of the replay, and the time it takes, is told in its terms.
 */
@NullMarked
package io.dipper.hwsim.replay.unit;

import org.jspecify.annotations.NullMarked;
