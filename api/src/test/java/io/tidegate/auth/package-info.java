@NullMarked
package io.tidegate.auth;

import org.jspecify.annotations.NullMarked;
