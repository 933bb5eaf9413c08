/** Commands for operators, run beside a gateway or in its place: {@code tidegate help}. */
@NullMarked
package io.tidegate.cli;

import org.jspecify.annotations.NullMarked;
