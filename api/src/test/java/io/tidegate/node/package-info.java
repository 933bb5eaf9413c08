/** What a node puts together of its own. */
@NullMarked
package io.tidegate.node;

import org.jspecify.annotations.NullMarked;
