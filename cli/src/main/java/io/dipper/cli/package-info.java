/** The command line: {@code dipper COMMAND}. */
@NullMarked
package io.dipper.cli;

import org.jspecify.annotations.NullMarked;
