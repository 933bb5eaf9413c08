/**
 * Serves the console, which lies on the class path as it was built: {@code /console} and every page
 * under it. Knows nothing of what is in it; what it does it does by the contract's own routes.
 */
@NullMarked
package io.tidegate.console;

import org.jspecify.annotations.NullMarked;
