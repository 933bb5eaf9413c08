@NullMarked
package io.tidegate.history;

import org.jspecify.annotations.NullMarked;
