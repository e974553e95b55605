/**
 * Questions over many points: points, sweeps, predicted quality, results, the page. It reaches
 * every wing, and is entered by none of them.
 */
@NullMarked
package io.dipper.hwsim.study;

import org.jspecify.annotations.NullMarked;
