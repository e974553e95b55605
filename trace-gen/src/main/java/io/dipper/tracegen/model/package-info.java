/** Opens models, whichever format they are in. */
@NullMarked
package io.dipper.tracegen.model;

import org.jspecify.annotations.NullMarked;
