/**
 * What the nodes tell each other of who is connected and how many subscribe: each writes what has
 * changed under its lease, and whoever asks sums up what the others have written.
 */
@NullMarked
package io.tidegate.roster;

import org.jspecify.annotations.NullMarked;
