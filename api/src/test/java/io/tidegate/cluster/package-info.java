/** Several gateways over one database and one Redis, seen from outside. */
@NullMarked
package io.tidegate.cluster;

import org.jspecify.annotations.NullMarked;
