/** Counts that the parts of the gateway keep in plain fields; metrics read them at scrape. */
@NullMarked
package io.tidegate.figures;

import org.jspecify.annotations.NullMarked;
