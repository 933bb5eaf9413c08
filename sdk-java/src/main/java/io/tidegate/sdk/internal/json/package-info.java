/**
 * JSON as RFC 8259 has it, exact: no number loses a digit, a name may not repeat, half a surrogate
 * pair is refused, depth and size are bounded. Values are maps, lists, {@link String}, {@link Long}
 * or {@link java.math.BigInteger}, {@link java.math.BigDecimal}, {@link Boolean} and null.
 */
@NullMarked
package io.tidegate.sdk.internal.json;

import org.jspecify.annotations.NullMarked;
