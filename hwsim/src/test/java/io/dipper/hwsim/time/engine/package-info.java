@NullMarked
package io.dipper.hwsim.time.engine;

import org.jspecify.annotations.NullMarked;
