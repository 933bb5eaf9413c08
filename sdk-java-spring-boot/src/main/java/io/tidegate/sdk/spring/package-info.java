/**
 * A {@link io.tidegate.sdk.Tidegate} bean for Spring Boot, made of {@code tidegate.*} properties.
 */
@NullMarked
package io.tidegate.sdk.spring;

import org.jspecify.annotations.NullMarked;
