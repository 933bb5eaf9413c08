/** What clients recorded. */
@NullMarked
package io.tidegate.faults.history;

import org.jspecify.annotations.NullMarked;
