/** Hooks of apps, asked by a gateway in this JVM over real HTTP. */
@NullMarked
package io.tidegate.e2e.hook;

import org.jspecify.annotations.NullMarked;
