/** What presence promises, by its stores. */
@NullMarked
package io.tidegate.presence;

import org.jspecify.annotations.NullMarked;
