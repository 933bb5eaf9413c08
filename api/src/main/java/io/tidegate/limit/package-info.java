/**
 * How much: what a tenant, a client, a key and an address may use, and what is refused above it.
 * Measured with {@link io.tidegate.allowance.Allowances}; the limits themselves are read live from
 * the directory. What cannot be decided is refused.
 */
@NullMarked
package io.tidegate.limit;

import org.jspecify.annotations.NullMarked;
