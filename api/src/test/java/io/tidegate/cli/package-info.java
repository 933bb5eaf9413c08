/** Commands, over a real database. */
@org.jspecify.annotations.NullMarked
package io.tidegate.cli;
