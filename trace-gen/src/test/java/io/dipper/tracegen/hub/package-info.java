/** Tests of downloads against a local HTTP server that misbehaves. */
@NullMarked
package io.dipper.tracegen.hub;

import org.jspecify.annotations.NullMarked;
