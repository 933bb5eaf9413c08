/** Publishes to many channels in one call, and the gathering of single ones into such calls. */
@NullMarked
package io.tidegate.sdk.internal.publish;

import org.jspecify.annotations.NullMarked;
