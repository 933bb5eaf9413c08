@NullMarked
package io.tidegate.hook;

import org.jspecify.annotations.NullMarked;
