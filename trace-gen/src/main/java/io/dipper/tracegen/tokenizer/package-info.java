/** Text to token ids and back, from tokenizer.json or from a GGUF's own vocabulary. */
@NullMarked
package io.dipper.tracegen.tokenizer;

import org.jspecify.annotations.NullMarked;
