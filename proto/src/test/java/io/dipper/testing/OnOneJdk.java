package io.dipper.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Tests that take long and that no JDK makes a difference to: they start JVMs of their own, look at
 * pages in a browser, or compare with other programs. Where all tests run on a second JDK ({@code
 * .ci/run}), these do not.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("on-one-jdk")
public @interface OnOneJdk {}
