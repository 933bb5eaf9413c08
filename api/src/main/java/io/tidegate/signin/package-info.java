/**
 * Signing in: passwords, one-time links, the second factor, and how often one may be wrong. Says
 * who somebody is; what they may is decided where they ask for it.
 */
@NullMarked
package io.tidegate.signin;

import org.jspecify.annotations.NullMarked;
