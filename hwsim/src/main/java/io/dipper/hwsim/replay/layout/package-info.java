/**
 * Where units lie on Flash, and so which requests fetch them.
 *
 * <p>Others make layouts, orders and read sizes through {@code Layouts} and {@code UnitOrders}.
 */
@NullMarked
package io.dipper.hwsim.replay.layout;

import org.jspecify.annotations.NullMarked;
