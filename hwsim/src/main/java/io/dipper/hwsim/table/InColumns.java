package io.dipper.hwsim.table;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of a type of parts of a row which columns it takes, where these are not its components. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface InColumns {
  /** Has a constructor without parameters. */
  Class<? extends RowPart<?>> value();
}
