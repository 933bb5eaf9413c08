/** A real browser, driven over the DevTools protocol. */
@NullMarked
package io.tidegate.e2e.browser;

import org.jspecify.annotations.NullMarked;
