/** What the live page promises, and the feed that fills it. */
@NullMarked
package io.tidegate.demo;

import org.jspecify.annotations.NullMarked;
