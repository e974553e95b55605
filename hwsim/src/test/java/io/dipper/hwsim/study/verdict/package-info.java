@NullMarked
package io.dipper.hwsim.study.verdict;

import org.jspecify.annotations.NullMarked;
