/** Texts as token blocks, and the perplexity protocols that say how they are cut and scored. */
@NullMarked
package io.dipper.tracegen.corpus;

import org.jspecify.annotations.NullMarked;
