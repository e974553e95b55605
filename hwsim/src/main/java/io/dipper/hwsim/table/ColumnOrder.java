package io.dipper.hwsim.table;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The order of a row's columns in files, where it is not that of its parts; columns that are not
 * named follow in theirs.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ColumnOrder {
  /** The names of columns. */
  String[] value();
}
