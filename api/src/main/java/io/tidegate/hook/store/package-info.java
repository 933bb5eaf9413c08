/** Hooks in PostgreSQL: the control plane's side of them, and what is served from memory. */
@NullMarked
package io.tidegate.hook.store;

import org.jspecify.annotations.NullMarked;
