/**
 * The safetensors format: a header in JSON, then the bytes of tensors. Models, predictors and
 * adapters are read from it, and predictors and adapters are written in it.
 */
@NullMarked
package io.dipper.safetensors;

import org.jspecify.annotations.NullMarked;
