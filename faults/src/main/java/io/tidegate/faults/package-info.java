/**
 * The checker: three nodes, Redis and PostgreSQL as children, clients that record what they do and
 * are told, one fault at a time, and what the records say about the promises.
 */
@NullMarked
package io.tidegate.faults;

import org.jspecify.annotations.NullMarked;
