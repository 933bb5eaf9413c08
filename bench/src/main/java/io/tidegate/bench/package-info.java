/**
 * The load generator: {@code Bench <scenario> [--option value]...} against a gateway it starts
 * itself or one that runs already, {@code Bench report} for a set of scenarios. It measures with
 * the gateway beside it on the same machine, over loopback, so figures compare as ratios only. It
 * checks what it measures: a figure with a message lost or repeated is no figure.
 */
@NullMarked
package io.tidegate.bench;

import org.jspecify.annotations.NullMarked;
