/** Client frames, read from anything. */
@NullMarked
package io.tidegate.websocket;

import org.jspecify.annotations.NullMarked;
