/** Makes model files for tests. */
@NullMarked
package io.dipper.tracegen.testing;

import org.jspecify.annotations.NullMarked;
