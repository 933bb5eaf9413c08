/**
 * Promises of the whole gateway, shown from outside: over its wire, on real input, through kill -9.
 * What ends in {@code Test} runs against a gateway in this JVM, what ends in {@code IT} against the
 * runnable jar. Every exchange and frame is judged by the contract.
 */
@NullMarked
package io.tidegate.e2e;

import org.jspecify.annotations.NullMarked;
