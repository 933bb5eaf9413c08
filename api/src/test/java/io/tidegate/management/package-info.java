/** What an operator sees. */
@org.jspecify.annotations.NullMarked
package io.tidegate.management;
