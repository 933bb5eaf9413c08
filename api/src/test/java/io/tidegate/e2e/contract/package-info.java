/**
 * The contract against a running gateway: made-up requests to every operation, its examples, and a
 * client written from {@code openapi/protocol.md} alone.
 */
@NullMarked
package io.tidegate.e2e.contract;

import org.jspecify.annotations.NullMarked;
