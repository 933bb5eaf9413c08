/** What webhooks are told of what happens on gateways. */
@NullMarked
package io.tidegate.e2e.webhook;

import org.jspecify.annotations.NullMarked;
