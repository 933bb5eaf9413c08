/** Who the client is to the gateway: a key, or tokens that come from somewhere. */
@NullMarked
package io.tidegate.sdk.internal.auth;

import org.jspecify.annotations.NullMarked;
