/**
 * Sends what webhooks are to be told. {@link Dispatch} takes the leases of webhooks that something
 * waits for; a {@link Round} sends to one of them, through its {@link Gate}.
 */
@NullMarked
package io.tidegate.webhook.deliver;

import org.jspecify.annotations.NullMarked;
