/** Real Redis servers, alone and as a cluster, for the tests that need them. */
@NullMarked
package io.tidegate.redis;

import org.jspecify.annotations.NullMarked;
