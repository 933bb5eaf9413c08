/**
 * One webhook call, guarded: a signed POST to a checked address and what came of it. Nothing is
 * sent where whoever runs the gateway has not said so: a host's name is resolved once, every
 * address it has is checked, and the connection goes to a checked one. Knows no events, no retries
 * and no queue.
 */
@NullMarked
package io.tidegate.webhook.send;

import org.jspecify.annotations.NullMarked;
