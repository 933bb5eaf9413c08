/** Puts one node together: the beans of the layers that are plain Java. */
@NullMarked
package io.tidegate.node;

import org.jspecify.annotations.NullMarked;
