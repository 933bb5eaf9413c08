/**
 * Which addresses a webhook's host has, asked once for each sending: nothing is kept, and no thread
 * waits for a name server that does not answer.
 */
@NullMarked
package io.tidegate.webhook.dns;

import org.jspecify.annotations.NullMarked;
