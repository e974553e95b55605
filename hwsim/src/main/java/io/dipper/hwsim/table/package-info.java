/** Rows as files: any record type as CSV or Parquet, written whole or not at all. */
@NullMarked
package io.dipper.hwsim.table;

import org.jspecify.annotations.NullMarked;
