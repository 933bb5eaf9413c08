/** What tests against the real gateway stand on. */
@NullMarked
package io.tidegate.sdk.gateway;

import org.jspecify.annotations.NullMarked;
