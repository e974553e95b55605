/** Tests of configuration reading. */
@NullMarked
package io.dipper.config;

import org.jspecify.annotations.NullMarked;
