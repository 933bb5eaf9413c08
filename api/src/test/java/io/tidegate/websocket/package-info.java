/** Client frames, read from anything, and RFC 6455 by another hand. */
@NullMarked
package io.tidegate.websocket;

import org.jspecify.annotations.NullMarked;
