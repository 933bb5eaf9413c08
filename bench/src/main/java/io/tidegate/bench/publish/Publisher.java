package io.tidegate.bench.publish;

import io.tidegate.bench.net.Loops;

/** Publishes single messages to one channel. Used on its loop only. */
public interface Publisher {
  /** The loop it lives on. */
  Loops.Loop loop();

  /** Whether it can take a message now; a REST publisher waits for a free connection. */
  boolean ready();

  /** Publishes message {@code number}, said to be sent at {@code sent}; {@link #flush} follows. */
  void publish(long number, long sent);

  /** Sends what was published since the last flush. */
  void flush();

  /** Messages that have not been answered yet. */
  int unanswered();
}
