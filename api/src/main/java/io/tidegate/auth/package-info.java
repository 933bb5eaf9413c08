/** May I? Credentials become principals with rights that only ever shrink. */
@NullMarked
package io.tidegate.auth;

import org.jspecify.annotations.NullMarked;
