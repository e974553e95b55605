/** Hardware profiles: where they are found, how they extend one another, and what they assume. */
@NullMarked
package io.dipper.hwsim.hardware;

import org.jspecify.annotations.NullMarked;
