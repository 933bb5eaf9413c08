/** What supervisors and Prometheus ask, on a port of its own: health and metrics. */
@NullMarked
package io.tidegate.management;

import org.jspecify.annotations.NullMarked;
