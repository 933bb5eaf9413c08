@NullMarked
package io.tidegate.tail;

import org.jspecify.annotations.NullMarked;
