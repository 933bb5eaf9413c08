@NullMarked
package io.tidegate.guard;

import org.jspecify.annotations.NullMarked;
