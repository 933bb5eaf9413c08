package io.tidegate.scenarios.play;

import io.tidegate.scenarios.driver.Client;
import io.tidegate.scenarios.stage.Balancer;
import io.tidegate.scenarios.stage.Sdk;
import io.tidegate.scenarios.stage.Tenant;
import io.tidegate.scenarios.stage.World;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** What a scenario is played with: names, clients and chance of its own. */
public final class Scene implements AutoCloseable {
  /** Longer than any run. */
  private static final long TOKEN_SECONDS = 7_200;

  private final World world;
  private final Tenant tenant;
  private final Sdk sdk;
  private final String name;
  private final int victim;
  private final Random random;
  private final List<Balancer> balancers = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();

  /**
   * @param name of the scenario in its run, which nobody else has
   * @param victim the node that is struck, if one is
   */
  public Scene(World world, Tenant tenant, Sdk sdk, String name, int victim, long seed) {
    this.world = world;
    this.tenant = tenant;
    this.sdk = sdk;
    this.name = name + "-" + sdk.word();
    this.victim = victim;
    this.random = new Random(seed * 31 + this.name.hashCode());
  }

  World world() {
    return world;
  }

  Tenant tenant() {
    return tenant;
  }

  Sdk sdk() {
    return sdk;
  }

  /** Another SDK, where there is one. */
  Sdk otherSdk() {
    return world.sdks().stream().filter(one -> one != sdk).findFirst().orElse(sdk);
  }

  /** Of this scenario alone, one thread at a time. */
  Random random() {
    return random;
  }

  /** A channel of this scenario's own, of the class {@code durable} or {@code window}. */
  String channel(String durability) {
    return durability + ":" + name;
  }

  /** Ids nobody else has. */
  List<String> ids(int count) {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(name + "-" + ids.getAndIncrement());
    }
    return made;
  }

  /** A load balancer that prefers the node that is struck. */
  Balancer towardsVictim() {
    return keep(world.balancer(victim));
  }

  /** A load balancer that prefers another one. */
  Balancer elsewhere() {
    return keep(world.balancer((victim + 1) % world.cluster().nodes().size()));
  }

  private Balancer keep(Balancer balancer) {
    balancers.add(balancer);
    return balancer;
  }

  /** A connected client of the scenario's SDK. */
  Client client(String who, Balancer through) throws InterruptedException {
    return client(sdk, who, through, tokens(who, TOKEN_SECONDS));
  }

  /** A connected client of any. */
  Client client(Sdk of, String who, Balancer through) throws InterruptedException {
    return client(of, who, through, tokens(who, TOKEN_SECONDS));
  }

  /** The same, with tokens from there. */
  Client client(Sdk of, String who, Balancer through, URI tokens) throws InterruptedException {
    Client client = world.driver(of).client(clientId(who));
    clients.add(client);
    return client.connect(through.url(), tokens);
  }

  /** Where this client's tokens are fetched, good for so long. */
  URI tokens(String who, long ttlSeconds) {
    return world.tokens().at(tenant.key(), clientId(who), ttlSeconds);
  }

  /** As the gateway knows it. */
  String clientId(String who) {
    return name + "-" + who;
  }

  /** A pause that the seed decides. */
  void pause(int leastMillis, int mostMillis) throws InterruptedException {
    Thread.sleep(random.nextInt(leastMillis, mostMillis));
  }

  @Override
  public void close() throws InterruptedException {
    // First the lines: nobody waits for an answer over one that is held.
    balancers.forEach(Balancer::close);
    for (Client client : clients) {
      try {
        client.close();
      } catch (IllegalStateException e) {
        System.err.println("a client does not close: " + e);
      }
    }
  }
}
