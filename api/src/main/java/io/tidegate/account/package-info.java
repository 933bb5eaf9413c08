/** People: what an account, a membership and a session are, and what a password must be. */
@NullMarked
package io.tidegate.account;

import org.jspecify.annotations.NullMarked;
