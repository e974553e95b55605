/** Hugging Face directories: config.json and safetensors weights. */
@NullMarked
package io.dipper.tracegen.format.safetensors;

import org.jspecify.annotations.NullMarked;
