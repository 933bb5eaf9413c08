@NullMarked
package io.tidegate.signin;

import org.jspecify.annotations.NullMarked;
