/** What nodes tell each other, over a real Redis. */
@NullMarked
package io.tidegate.roster;

import org.jspecify.annotations.NullMarked;
