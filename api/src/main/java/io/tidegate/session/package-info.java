/**
 * One connected client, whatever it speaks: its state, what it may ask for, what it is still owed,
 * and the line to it. Knows no wire format and no socket.
 */
@NullMarked
package io.tidegate.session;

import org.jspecify.annotations.NullMarked;
