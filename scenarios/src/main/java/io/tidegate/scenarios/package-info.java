/** The shared scenarios: one list that every SDK passes against a real cluster. */
@NullMarked
package io.tidegate.scenarios;

import org.jspecify.annotations.NullMarked;
