/** What was promised, held against what clients report. */
@NullMarked
package io.tidegate.scenarios.judge;

import org.jspecify.annotations.NullMarked;
