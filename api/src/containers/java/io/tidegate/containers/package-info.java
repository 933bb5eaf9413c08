/** PostgreSQL and Redis in containers, for the contracts of the stores: {@code make containers}. */
@NullMarked
package io.tidegate.containers;

import org.jspecify.annotations.NullMarked;
