/** Where units lie on Flash, and so which requests fetch them. */
@NullMarked
package io.dipper.hwsim.layout;

import org.jspecify.annotations.NullMarked;
