/**
 * Rates and counts, whatever they are for: token buckets and tallies behind the port {@link
 * Allowances}, in memory on a node that is alone, lent by Redis to nodes that are linked. Knows
 * nothing of tenants.
 */
@NullMarked
package io.tidegate.allowance;

import org.jspecify.annotations.NullMarked;
