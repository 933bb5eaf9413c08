/**
 * Hooks: HTTP endpoints of an app that are asked before a message is accepted or a client is let
 * in, and may allow it, refuse it or change it. How they are asked, what their answers may be, and
 * what is done when there is none. Plain Java; calls go through the guarded sender of {@code
 * webhook.send}.
 */
@NullMarked
package io.tidegate.hook;

import org.jspecify.annotations.NullMarked;
