/** Which points of a sweep are verified, and a verified point beside its replay. */
@NullMarked
package io.dipper.verifier.scope;

import org.jspecify.annotations.NullMarked;
