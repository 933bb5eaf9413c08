@NullMarked
package io.tidegate.store;

import org.jspecify.annotations.NullMarked;
