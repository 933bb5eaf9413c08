/**
 * How the log looks: one event is one line, plain or JSON, whatever a client has sent; and the
 * access log, which has a logger of its own.
 */
@NullMarked
package io.tidegate.logging;

import org.jspecify.annotations.NullMarked;
