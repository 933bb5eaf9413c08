/** What a person with the console's cookie may, and what nobody else may with it. */
@NullMarked
package io.tidegate.e2e.console;

import org.jspecify.annotations.NullMarked;
