/**
 * Backends that are told what happens in channels: what an event is, who wants it, and where it
 * goes in. The queue is {@code webhook.store}, the calls are {@code webhook.deliver}.
 */
@NullMarked
package io.tidegate.webhook;

import org.jspecify.annotations.NullMarked;
