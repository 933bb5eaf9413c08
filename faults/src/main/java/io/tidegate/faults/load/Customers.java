package io.tidegate.faults.load;

import io.tidegate.bench.gateway.ControlPlane;
import io.tidegate.bench.gateway.NamespaceRules;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The tenants of one run.
 *
 * @param tenants without limits; what one has is not the other's
 * @param metered may publish so much and no more
 */
public record Customers(List<Tenant> tenants, Tenant metered) {
  private static final List<NamespaceRules> NAMESPACES =
      List.of(
          new NamespaceRules("none", "none", 1_000),
          new NamespaceRules("window", "window", 50_000, 3_600),
          new NamespaceRules("durable", "durable", 1_000));

  /** Makes them; what they publish is kept as it should be 10 s later. */
  public static Customers make(ControlPlane control) throws IOException, InterruptedException {
    List<Tenant> tenants =
        List.of(
            new Tenant("A", control.createApp(NAMESPACES)),
            new Tenant("B", control.createApp(NAMESPACES)));
    Map<String, Integer> limits = Map.of("publishesPerSecond", Metered.PER_SECOND);
    return new Customers(tenants, new Tenant("M", control.createApp(NAMESPACES, limits)));
  }
}
