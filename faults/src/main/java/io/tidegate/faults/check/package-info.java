/** What counts as a broken promise, judged from the clients' records alone. */
@NullMarked
package io.tidegate.faults.check;

import org.jspecify.annotations.NullMarked;
