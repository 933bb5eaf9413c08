/** Something to play with at once: a tenant, an app, a key and what to type first. */
@NullMarked
package io.tidegate.demo;

import org.jspecify.annotations.NullMarked;
