package io.tidegate.faults.fault;

import io.tidegate.faults.world.Proxy;
import java.util.List;

/** What happens between clients and nodes. */
final class WireFaults {
  private WireFaults() {}

  static void each(Stage stage) throws Exception {
    for (Proxy.Way way :
        List.of(Proxy.Way.SLICES, Proxy.Way.SLOW, Proxy.Way.HALF_OPEN, Proxy.Way.BLACK_HOLE)) {
      Proxy proxy = stage.some().front();
      proxy.way(way);
      stage.pass(4);
      proxy.way(Proxy.Way.OPEN);
      stage.some().front().reset();
      stage.some().front().cutAfter(1 + stage.random().nextInt(20_000));
      stage.pass(1);
    }
  }
}
