/** Result rows, one per point, and the files that hold them: Parquet, CSV and JSON. */
@NullMarked
package io.dipper.hwsim.result;

import org.jspecify.annotations.NullMarked;
