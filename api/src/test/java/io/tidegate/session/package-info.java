@NullMarked
package io.tidegate.session;

import org.jspecify.annotations.NullMarked;
