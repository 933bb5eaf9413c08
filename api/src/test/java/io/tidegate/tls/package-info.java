@NullMarked
package io.tidegate.tls;

import org.jspecify.annotations.NullMarked;
