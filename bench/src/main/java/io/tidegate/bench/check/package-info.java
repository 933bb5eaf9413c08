/**
 * The checks that give figures their worth: what each subscriber received, held against what was
 * acknowledged. {@code SeqRun} is one loop's, {@code Ledger} anybody's.
 */
@NullMarked
package io.tidegate.bench.check;

import org.jspecify.annotations.NullMarked;
