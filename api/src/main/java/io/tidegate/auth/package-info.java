/**
 * May I? Credentials become principals with rights that only ever shrink. {@link Authenticator} is
 * the port that REST and the subscribe edges share; behind it stand the key ring (who signs), the
 * rules of tokens and tickets (what a JWT must be) and the revocations (what no longer counts).
 */
@NullMarked
package io.tidegate.auth;

import org.jspecify.annotations.NullMarked;
