/**
 * Why? What the gateway would decide over an operation, told step by step by the code that decides
 * it for clients.
 */
@NullMarked
package io.tidegate.explain;

import org.jspecify.annotations.NullMarked;
