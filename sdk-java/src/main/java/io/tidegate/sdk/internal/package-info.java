/** What the public types are made of. Nothing here is for applications. */
@NullMarked
package io.tidegate.sdk.internal;

import org.jspecify.annotations.NullMarked;
