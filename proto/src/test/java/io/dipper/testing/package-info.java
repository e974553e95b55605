/** Where tests of every module find their data. */
@NullMarked
package io.dipper.testing;

import org.jspecify.annotations.NullMarked;
