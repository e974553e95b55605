/**
 * What is selected, hit and fetched. No device changes it: this wing reaches no other, and knows no
 * seconds.
 */
@NullMarked
package io.dipper.hwsim.replay;

import org.jspecify.annotations.NullMarked;
