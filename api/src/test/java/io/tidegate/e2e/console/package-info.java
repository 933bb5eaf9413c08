/** What a person in the console sees of an app, and may do to it, over the wire. */
@NullMarked
package io.tidegate.e2e.console;

import org.jspecify.annotations.NullMarked;
