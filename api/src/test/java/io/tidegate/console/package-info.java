/** The app as browsers get it; what stands in for it is among the tests' resources. */
@NullMarked
package io.tidegate.console;

import org.jspecify.annotations.NullMarked;
