/** The program: reads its settings, starts what they ask for. */
@NullMarked
package io.tidegate;

import org.jspecify.annotations.NullMarked;
