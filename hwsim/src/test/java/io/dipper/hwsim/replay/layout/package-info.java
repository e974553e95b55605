@NullMarked
package io.dipper.hwsim.replay.layout;

import org.jspecify.annotations.NullMarked;
