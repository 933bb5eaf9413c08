/** What the log looks like. */
@org.jspecify.annotations.NullMarked
package io.tidegate.logging;
