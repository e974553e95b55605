/** GGUF, the single-file format of the ggml projects. */
@NullMarked
package io.dipper.tracegen.format.gguf;

import org.jspecify.annotations.NullMarked;
