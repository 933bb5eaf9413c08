/**
 * What stands between callers and a store that is away or busy: breakers that refuse at once
 * instead of letting everyone wait, compartments that keep one kind of work from taking every
 * place, and how long ago a store was reached at all.
 */
@NullMarked
package io.tidegate.breaker;

import org.jspecify.annotations.NullMarked;
