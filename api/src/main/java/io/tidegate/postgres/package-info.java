/** The embedded PostgreSQL: one program is enough to start with. */
@NullMarked
package io.tidegate.postgres;

import org.jspecify.annotations.NullMarked;
