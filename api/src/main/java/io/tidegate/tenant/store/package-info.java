/**
 * Tenants, apps, keys, namespaces, control tokens and the record of every change, in PostgreSQL. A
 * change and its audit event are one transaction; listeners hear of it right after its commit. What
 * is not there for a caller and what is another tenant's are found by the same query, as nothing.
 */
@NullMarked
package io.tidegate.tenant.store;

import org.jspecify.annotations.NullMarked;
