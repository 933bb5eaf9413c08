@NullMarked
package io.tidegate.publish;

import org.jspecify.annotations.NullMarked;
