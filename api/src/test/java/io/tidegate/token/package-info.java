@NullMarked
package io.tidegate.token;

import org.jspecify.annotations.NullMarked;
