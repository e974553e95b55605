/** The types in which tensors are stored, and how each becomes fp32. */
@NullMarked
package io.dipper.tracegen.format.quant;

import org.jspecify.annotations.NullMarked;
