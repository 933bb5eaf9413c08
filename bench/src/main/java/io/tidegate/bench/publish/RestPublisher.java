package io.tidegate.bench.publish;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.tidegate.bench.check.Ledger;
import io.tidegate.bench.net.Address;
import io.tidegate.bench.net.Loops;
import io.tidegate.bench.net.RestConnection;
import io.tidegate.bench.wire.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/** Publishes single messages over REST, one connection for each that is on its way. */
public final class RestPublisher implements Publisher {
  private static final byte[] HEAD = "{\"data\":".getBytes(StandardCharsets.US_ASCII);

  private final Loops.Loop loop;
  private final String path;
  private final Ledger ledger;
  private final Stamp stamp;
  private final Runnable wake;
  private final ArrayDeque<RestConnection> idle = new ArrayDeque<>();
  private final int connections;

  /**
   * @param connections at most open
   * @param wake called when a connection is free again
   */
  public RestPublisher(
      Address address,
      Loops.Loop loop,
      String channel,
      Ledger ledger,
      Stamp stamp,
      int connections,
      Runnable wake) {
    this.loop = loop;
    this.path = "/v1/channels/" + channel + "/messages";
    this.ledger = ledger;
    this.stamp = stamp;
    this.connections = connections;
    this.wake = wake;
    for (int i = 0; i < connections; i++) {
      idle.add(new RestConnection(loop, address));
    }
  }

  @Override
  public Loops.Loop loop() {
    return loop;
  }

  @Override
  public boolean ready() {
    return !idle.isEmpty();
  }

  @Override
  public void publish(long number, long sent) {
    RestConnection connection = idle.remove();
    ByteBuf body = PooledByteBufAllocator.DEFAULT.buffer(256).writeBytes(HEAD);
    stamp.write(body, sent, number);
    connection.post(
        path,
        body.writeByte('}'),
        reply -> {
          settle(number, reply);
          idle.add(connection);
          wake.run();
        });
  }

  private void settle(long number, RestConnection.Reply reply) {
    if (reply.done()) {
      ledger.accepted(number, 1);
      return;
    }
    loop.meter().failure(reply.toString());
    if (reply.outcomeUnknown()) {
      ledger.unknown(1);
    } else {
      ledger.refused(1);
    }
  }

  @Override
  public void flush() {}

  @Override
  public int unanswered() {
    return connections - idle.size();
  }
}
