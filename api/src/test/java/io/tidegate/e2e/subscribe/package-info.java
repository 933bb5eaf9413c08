/** What a subscriber may rely on, over every transport, against a gateway in this JVM. */
@NullMarked
package io.tidegate.e2e.subscribe;

import org.jspecify.annotations.NullMarked;
