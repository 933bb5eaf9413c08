/**
 * {@code tidegate cluster}: several nodes on this machine with their PostgreSQL and Redis, as
 * processes of their own, for as long as somebody watches. For trying and for tests; in earnest the
 * nodes are on machines of their own, under their supervisor.
 */
@NullMarked
package io.tidegate.cluster;

import org.jspecify.annotations.NullMarked;
