/** What is counted can be told again. */
@NullMarked
package io.tidegate.figures;

import org.jspecify.annotations.NullMarked;
