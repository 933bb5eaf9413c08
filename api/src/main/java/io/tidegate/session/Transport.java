package io.tidegate.session;

import io.netty.buffer.ByteBuf;
import io.tidegate.problem.RefusedException;

/** The line to one client. Called on its event loop only; nothing here waits. */
public interface Transport {
  /** Whether little enough is unsent: otherwise messages wait as a cursor, not here. */
  boolean isWritable();

  /** Takes bytes in wire format, and the reference to them; sent with the next flush. */
  void write(ByteBuf bytes);

  void flush();

  /** Bytes taken and not sent yet; from any thread. */
  long unsentBytes();

  /** Whether to read what the client sends; a client that is not read from is not lost. */
  void reading(boolean on);

  /** Asks for a sign of life, or gives one; sent at once. */
  void ping();

  /** The client has shown who it is. */
  default void known() {}

  /**
   * Ends the connection in the protocol's own way, behind what was written; gives the client 5 s to
   * take it, then resets. Ends nothing twice.
   */
  void close(RefusedException reason);

  /** Ends the connection now, whatever it has not taken. */
  void reset();
}
