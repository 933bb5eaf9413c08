package io.tidegate.e2e.client;

import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps a client connected, as a client library does: whenever it is out, it goes in again. */
public final class Steadfast implements AutoCloseable {
  private static final long TRY_MILLIS = 50;

  private final Client client;
  private final Thread keeper;
  private final AtomicInteger reconnects = new AtomicInteger();
  private volatile boolean over;

  public Steadfast(Client client) {
    this.client = client;
    this.keeper = Thread.ofVirtual().start(this::keep);
  }

  public int reconnects() {
    return reconnects.get();
  }

  private void keep() {
    try {
      while (!over) {
        Thread.sleep(TRY_MILLIS);
        if (!client.isOpen()) {
          tryAgain();
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryAgain() {
    try {
      client.reconnect();
      reconnects.incrementAndGet();
    } catch (UncheckedIOException | RefusedByGateway notYet) {
      // Not up, or not ready: again.
    }
  }

  @Override
  public void close() {
    over = true;
    keeper.interrupt();
    client.close();
  }
}
