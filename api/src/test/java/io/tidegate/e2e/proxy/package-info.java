/** What stands between: TLS, trusted proxies, a real nginx. */
@NullMarked
package io.tidegate.e2e.proxy;

import org.jspecify.annotations.NullMarked;
