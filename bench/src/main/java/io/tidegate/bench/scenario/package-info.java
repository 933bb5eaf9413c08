/**
 * The scenarios: what is done to a gateway and what is measured. A new one is a class beside these
 * and a line in {@link io.tidegate.bench.scenario.Scenarios}.
 */
@NullMarked
package io.tidegate.bench.scenario;

import org.jspecify.annotations.NullMarked;
