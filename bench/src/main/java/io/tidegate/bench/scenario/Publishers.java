package io.tidegate.bench.scenario;

import io.tidegate.bench.check.Ledger;
import io.tidegate.bench.publish.Publisher;
import io.tidegate.bench.publish.RestPublisher;
import io.tidegate.bench.publish.WsPublisher;
import io.tidegate.bench.wire.Stamp;
import java.util.concurrent.TimeUnit;

/** The ways to publish single messages, by name. */
final class Publishers {
  private static final int PATIENCE_SECONDS = 10;

  private Publishers() {}

  /**
   * @param via {@code ws} or {@code rest}
   * @param connections of a REST publisher
   * @param wake called when a REST connection is free again
   */
  static Publisher open(
      Lab lab,
      String via,
      String channel,
      Ledger ledger,
      Stamp stamp,
      int connections,
      Runnable wake)
      throws Exception {
    return switch (via) {
      case "ws" -> {
        WsPublisher publisher =
            new WsPublisher(lab.client(), lab.loops().next(), channel, ledger, stamp);
        publisher.opened().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        yield publisher;
      }
      case "rest" ->
          new RestPublisher(
              lab.backend(), lab.loops().next(), channel, ledger, stamp, connections, wake);
      default -> throw new IllegalArgumentException("--via wants ws or rest: " + via);
    };
  }
}
