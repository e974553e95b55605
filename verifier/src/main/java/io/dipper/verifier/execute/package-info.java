/** A model that runs while the weights of its MLPs stream from a disk. */
@NullMarked
package io.dipper.verifier.execute;

import org.jspecify.annotations.NullMarked;
