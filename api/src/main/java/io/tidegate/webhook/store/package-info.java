/**
 * Webhooks, the queue of what they are to be told and what came of it, in PostgreSQL. One node at a
 * time sends to a webhook, for as long as it holds its lease.
 */
@NullMarked
package io.tidegate.webhook.store;

import org.jspecify.annotations.NullMarked;
