/** The processes of one run and what lies between them. */
@NullMarked
package io.tidegate.faults.world;

import org.jspecify.annotations.NullMarked;
