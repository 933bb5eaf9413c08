/**
 * The control plane: tenants, their apps, keys, namespaces, webhooks and hooks, for who runs a
 * gateway or a tenant. {@link io.tidegate.sdk.control.Control} is where to begin.
 */
@NullMarked
package io.tidegate.sdk.control;

import org.jspecify.annotations.NullMarked;
