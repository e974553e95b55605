/** Devices fitted to published measurements, and held to those that were kept from the fit. */
@NullMarked
package io.dipper.bench.device;

import org.jspecify.annotations.NullMarked;
