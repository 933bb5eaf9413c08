/** Signatures of the gateway's calls, docs/webhooks.md. */
@NullMarked
package io.tidegate.sdk.internal.webhook;

import org.jspecify.annotations.NullMarked;
