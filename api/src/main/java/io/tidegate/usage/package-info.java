/**
 * What each app uses: counted on every node where it happens, written each minute, read by its
 * tenant. What a tenant is billed by and plans with; limits do not depend on it.
 */
@NullMarked
package io.tidegate.usage;

import org.jspecify.annotations.NullMarked;
