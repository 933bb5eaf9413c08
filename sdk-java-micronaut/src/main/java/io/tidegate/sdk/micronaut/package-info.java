/** A {@link io.tidegate.sdk.Tidegate} bean for Micronaut, made of {@code tidegate.*} properties. */
@NullMarked
package io.tidegate.sdk.micronaut;

import org.jspecify.annotations.NullMarked;
