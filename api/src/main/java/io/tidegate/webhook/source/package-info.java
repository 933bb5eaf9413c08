/**
 * What webhooks are told of: messages, with the log's transaction or behind what a broker has
 * accepted, and limits that a tenant comes near.
 */
@NullMarked
package io.tidegate.webhook.source;

import org.jspecify.annotations.NullMarked;
