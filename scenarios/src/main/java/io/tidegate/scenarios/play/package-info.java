/** The scenarios, each from the view of one SDK. */
@NullMarked
package io.tidegate.scenarios.play;

import org.jspecify.annotations.NullMarked;
