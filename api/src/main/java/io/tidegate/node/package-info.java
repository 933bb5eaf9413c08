/**
 * One gateway process: puts the parts together, keeps them going, warms up before it says that it
 * is ready, and drains before it goes.
 */
@NullMarked
package io.tidegate.node;

import org.jspecify.annotations.NullMarked;
