/** Subscribers over every transport, which record what they get. */
@NullMarked
package io.tidegate.e2e.client;

import org.jspecify.annotations.NullMarked;
