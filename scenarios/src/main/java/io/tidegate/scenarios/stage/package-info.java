/** What scenarios are played on: the cluster, its apps and tokens, and what strikes it. */
@NullMarked
package io.tidegate.scenarios.stage;

import org.jspecify.annotations.NullMarked;
