package io.tidegate.scenarios.stage;

import io.tidegate.bench.gateway.App;
import io.tidegate.bench.gateway.ControlPlane;
import io.tidegate.bench.gateway.NamespaceRules;
import io.tidegate.faults.world.Cluster;
import io.tidegate.faults.world.Launch;
import io.tidegate.scenarios.driver.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A cluster, a backend that hands out tokens, and a driver of each SDK. */
public final class World implements AutoCloseable {
  /** Rules of a new namespace hold everywhere by then, as the gateway promises: 10 s. */
  private static final long IN_EFFECT_MILLIS = 11_000;

  /** Ample: what a client misses while it is away is kept. */
  private static final List<NamespaceRules> NAMESPACES =
      List.of(
          new NamespaceRules("window", "window", 20_000, 3_600),
          new NamespaceRules("durable", "durable", 1_000));

  private final Cluster cluster;
  private final Tokens tokens;
  private final Map<Sdk, Driver> drivers = new EnumMap<>(Sdk.class);

  private World(Cluster cluster, Tokens tokens) {
    this.cluster = cluster;
    this.tokens = tokens;
  }

  /** Starts all of it in a folder of its own; processes leave their logs there. */
  public static World start(Path folder, Launch launch, List<Sdk> sdks)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    World world = new World(Cluster.start(folder, launch), new Tokens());
    for (Sdk sdk : sdks) {
      Path log = folder.resolve("driver-" + sdk.word() + ".log");
      world.drivers.put(sdk, new Driver(sdk.command(), log));
    }
    return world;
  }

  /** So many apps, which can be used at once. */
  public List<Tenant> tenants(int count) throws IOException, InterruptedException {
    ControlPlane control = new ControlPlane(cluster);
    List<Tenant> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      App app = control.createApp(NAMESPACES);
      Backend backend = new Backend(cluster.nodes(), app.keyAuthorization());
      made.add(new Tenant(Key.ofAuthorization(app.keyAuthorization()), backend));
    }
    Thread.sleep(IN_EFFECT_MILLIS);
    return made;
  }

  /** What is struck. */
  public Cluster cluster() {
    return cluster;
  }

  /** Where clients fetch their tokens. */
  public Tokens tokens() {
    return tokens;
  }

  /** A load balancer for one client. */
  public Balancer balancer(int preferredNode) {
    return new Balancer(cluster.nodes(), preferredNode);
  }

  /** What is tested on it. */
  public List<Sdk> sdks() {
    return List.copyOf(drivers.keySet());
  }

  /** The program that drives an SDK. */
  public Driver driver(Sdk sdk) {
    return Objects.requireNonNull(drivers.get(sdk));
  }

  @Override
  public void close() {
    drivers.values().forEach(Driver::close);
    tokens.close();
    cluster.close();
  }
}
