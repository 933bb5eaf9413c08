/** That the judge sees what is wrong. */
@NullMarked
package io.tidegate.scenarios.judge;

import org.jspecify.annotations.NullMarked;
