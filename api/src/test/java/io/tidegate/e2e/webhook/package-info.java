/** Webhooks, over REST and to real backends on loopback. */
@NullMarked
package io.tidegate.e2e.webhook;

import org.jspecify.annotations.NullMarked;
