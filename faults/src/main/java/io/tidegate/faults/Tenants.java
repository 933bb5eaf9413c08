package io.tidegate.faults;

import io.tidegate.bench.gateway.ControlPlane;
import io.tidegate.bench.gateway.NamespaceRules;
import io.tidegate.faults.load.Tenant;
import io.tidegate.faults.world.Cluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Two customers for each run: what one leaves behind is not the next one's. */
final class Tenants {
  /** Rules that decide where a channel is kept take effect 10 s after they were made. */
  private static final long IN_EFFECT_MILLIS = 12_000;

  private static final List<NamespaceRules> NAMESPACES =
      List.of(
          new NamespaceRules("none", "none", 1_000),
          new NamespaceRules("window", "window", 50_000, 3_600),
          new NamespaceRules("durable", "durable", 1_000));

  private Tenants() {}

  /** Makes them; returns when their rules are in effect. */
  static List<List<Tenant>> make(Cluster cluster, int runs)
      throws IOException, InterruptedException {
    ControlPlane control = new ControlPlane(cluster);
    List<List<Tenant>> all = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      all.add(
          List.of(
              new Tenant("A", control.createApp(NAMESPACES)),
              new Tenant("B", control.createApp(NAMESPACES))));
    }
    Thread.sleep(IN_EFFECT_MILLIS);
    return all;
  }
}
