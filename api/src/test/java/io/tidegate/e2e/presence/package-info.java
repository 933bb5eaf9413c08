/** Who is present, as clients see it. */
@NullMarked
package io.tidegate.e2e.presence;

import org.jspecify.annotations.NullMarked;
