/** The commands: parse, call, print. */
@NullMarked
package io.dipper.cli;

import org.jspecify.annotations.NullMarked;
