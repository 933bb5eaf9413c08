/** The log of an app, and what it leaves out. */
@NullMarked
package io.tidegate.metalog;

import org.jspecify.annotations.NullMarked;
