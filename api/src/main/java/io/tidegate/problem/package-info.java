/** Every way the gateway says no: the one catalogue and the exception that carries a row of it. */
@NullMarked
package io.tidegate.problem;

import org.jspecify.annotations.NullMarked;
