/** Webhooks from the outside: real gateways, and backends that check what they are told. */
@NullMarked
package io.tidegate.e2e.webhook;

import org.jspecify.annotations.NullMarked;
