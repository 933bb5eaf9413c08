/**
 * HTTP as strangers send it: reads requests strictly, gives each a time to arrive in, and refuses
 * what no route should see, before any route sees it.
 */
@NullMarked
package io.tidegate.guard;

import org.jspecify.annotations.NullMarked;
