/**
 * The routes that give out tokens and tickets and take tokens back. An edge: speaks HTTP, decides
 * nothing that {@code auth} does not.
 */
@NullMarked
package io.tidegate.token;

import org.jspecify.annotations.NullMarked;
