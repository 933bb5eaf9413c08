/**
 * The control plane over REST: tenants, apps, keys, namespaces, control tokens and the record of
 * changes. Reads requests strictly, asks the store, writes what the contract says; owns nothing.
 */
@NullMarked
package io.tidegate.control;

import org.jspecify.annotations.NullMarked;
