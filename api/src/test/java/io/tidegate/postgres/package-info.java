@NullMarked
package io.tidegate.postgres;

import org.jspecify.annotations.NullMarked;
