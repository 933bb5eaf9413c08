package io.tidegate.faults.world;

import io.tidegate.bench.gateway.Gateway;
import io.tidegate.bench.gateway.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes over one Redis and one PostgreSQL, all of them children of this process. */
public final class Cluster implements Gateway {
  private static final int NODES = 3;
  private static final String OPERATOR_TOKEN = "tgo_faults-Vb3kQz81mXw5Tn7RcY2pLs9GhJ4dFaUe6";
  private static final String MASTER_KEY = "Zm9yLWEtY2hlY2tlci1vbmx5LW5ldmVyLWluLXVzZSE=";

  private final RedisServer redis;
  private final Database database;
  private final List<Node> nodes = new ArrayList<>();
  private final Launch launch;
  private final Launch other;

  private Cluster(Path folder, Launch launch, Launch other)
      throws IOException, InterruptedException {
    this.launch = launch;
    this.other = other;
    this.redis = new RedisServer(folder.resolve("redis"));
    this.database = new Database(folder.resolve("postgres"));
  }

  /** Starts all and waits until they are ready. */
  public static Cluster start(Path folder, Launch launch) throws IOException, InterruptedException {
    return start(folder, launch, launch);
  }

  /**
   * Starts all and waits until they are ready.
   *
   * @param other what its nodes may be replaced by: another version
   */
  public static Cluster start(Path folder, Launch launch, Launch other)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Cluster cluster = new Cluster(folder, launch, other);
    try {
      for (int i = 0; i < NODES; i++) {
        cluster.nodes.add(cluster.node(i, folder));
      }
      for (Node node : cluster.nodes) {
        node.awaitReady();
      }
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private Node node(int number, Path folder) throws IOException {
    Proxy toRedis = new Proxy(redis.port());
    Proxy toDatabase = new Proxy(database.port());
    Map<String, String> environment = new HashMap<>();
    environment.put("TIDEGATE_REDIS_URL", "redis://127.0.0.1:" + toRedis.port());
    environment.put(
        "TIDEGATE_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + toDatabase.port() + "/tidegate");
    environment.put("TIDEGATE_DATABASE_USER", database.user());
    environment.put("TIDEGATE_DATABASE_PASSWORD", database.password());
    environment.put("TIDEGATE_DATABASE_CONNECTIONS", "16");
    environment.put("TIDEGATE_MASTER_KEY", MASTER_KEY);
    environment.put("TIDEGATE_OPERATOR_TOKEN", OPERATOR_TOKEN);
    // All clients come from one address, and all at once after a fault.
    environment.put("TIDEGATE_ACCEPTED_PER_SECOND", "0");
    environment.put("TIDEGATE_CONNECTIONS_PER_ADDRESS", "0");
    environment.put("TIDEGATE_DEMO", "false");
    return new Node(
        number, folder.resolve("node-" + number), launch, environment, toRedis, toDatabase);
  }

  /** What its nodes were begun with. */
  public Launch launch() {
    return launch;
  }

  /** What they may be replaced by; the same, unless it is about another version. */
  public Launch other() {
    return other;
  }

  /** Its Redis. */
  public RedisServer redis() {
    return redis;
  }

  /** Its PostgreSQL. */
  public Database database() {
    return database;
  }

  /** Its nodes. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Where the control plane is asked: straight at the first node. */
  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), nodes.getFirst().clientPort());
  }

  @Override
  public String operatorToken() {
    return OPERATOR_TOKEN;
  }

  @Override
  public Optional<ServerProcess> process() {
    return Optional.empty();
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
    database.close();
    redis.close();
  }
}
