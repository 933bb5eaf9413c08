/** Tests of what a run's world is made of. */
@NullMarked
package io.tidegate.faults.world;

import org.jspecify.annotations.NullMarked;
