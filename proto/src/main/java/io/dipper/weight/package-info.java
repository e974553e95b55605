/** How weights are stored: types of tensors, with the sizes of their blocks. */
@NullMarked
package io.dipper.weight;

import org.jspecify.annotations.NullMarked;
