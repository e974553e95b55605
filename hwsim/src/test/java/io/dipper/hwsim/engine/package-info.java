@NullMarked
package io.dipper.hwsim.engine;

import org.jspecify.annotations.NullMarked;
