/** Router traces of engines: which experts a run chose, read from a file of theirs. */
@NullMarked
package io.dipper.hwsim.routes;

import org.jspecify.annotations.NullMarked;
