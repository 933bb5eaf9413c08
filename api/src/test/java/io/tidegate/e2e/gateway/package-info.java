/** Gateways for the tests to talk to, and to kill. */
@NullMarked
package io.tidegate.e2e.gateway;

import org.jspecify.annotations.NullMarked;
