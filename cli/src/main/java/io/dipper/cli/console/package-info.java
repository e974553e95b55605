/** What commands share in speaking to the user: tables, progress, failures. */
@NullMarked
package io.dipper.cli.console;

import org.jspecify.annotations.NullMarked;
