/** Known public models, and their download from the Hugging Face hub. */
@NullMarked
package io.dipper.tracegen.hub;

import org.jspecify.annotations.NullMarked;
