@NullMarked
package io.tidegate.peer;

import org.jspecify.annotations.NullMarked;
