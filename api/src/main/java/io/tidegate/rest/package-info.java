/**
 * What all REST routes share: who asks ({@code Authorization} becomes an {@code AppPrincipal}
 * parameter), how a refusal looks, request ids, security headers and CORS. Owns no route.
 */
@NullMarked
package io.tidegate.rest;

import org.jspecify.annotations.NullMarked;
