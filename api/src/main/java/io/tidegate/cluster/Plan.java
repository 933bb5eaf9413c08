package io.tidegate.cluster;

import io.tidegate.settings.Database;
import io.tidegate.settings.PoolSizes;
import io.tidegate.settings.Settings;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to run, read from the same variables as one node is.
 *
 * @param settings of the nodes, but for their ports and what links them
 * @param given PostgreSQL; null: one is started
 * @param port of the first node, the others follow at every second; 0: free ones
 */
record Plan(
    int nodes,
    boolean withParent,
    int port,
    Settings settings,
    @Nullable Database given,
    Map<String, String> environment) {
  static final int MOST_NODES = 16;

  /** With a pool of the least size each, so many share the embedded database's 100 connections. */
  private static final int MOST_EMBEDDED = 6;

  private static final int EMBEDDED_CONNECTIONS = 96;
  private static final int LEAST_CONNECTIONS = 16;
  private static final int DEFAULT_NODES = 3;
  private static final int DEFAULT_PORT = 8080;
  private static final int HIGHEST_FIRST_PORT = 65_535 - 2 * MOST_NODES;

  /** Behind the name of a secret: where it is to be read from. */
  private static final String FILE = "_FILE";

  private static final List<String> DATABASE =
      List.of(
          "TIDEGATE_DATABASE_URL",
          "TIDEGATE_DATABASE_URL" + FILE,
          "TIDEGATE_DATABASE_USER",
          "TIDEGATE_DATABASE_PASSWORD",
          "TIDEGATE_DATABASE_PASSWORD" + FILE);

  /**
   * @param words {@code [number of nodes] [--with-parent]}
   * @throws ClusterException when they are others
   * @throws io.tidegate.settings.SettingsException as for a node
   */
  static Plan read(List<String> words, Map<String, String> environment) {
    Map<String, String> own = new HashMap<>(environment);
    own.remove("TIDEGATE_MANAGEMENT_PORT");
    String port = own.remove("TIDEGATE_PORT");
    // The installation's secrets are made here and kept, whoever brings the database.
    Map<String, String> bare = new HashMap<>(own);
    DATABASE.forEach(bare::remove);
    Settings settings = Settings.read(bare);
    boolean embedded = own.keySet().stream().noneMatch("TIDEGATE_DATABASE_URL(_FILE)?"::matches);
    put(own, "TIDEGATE_OPERATOR_TOKEN", settings.operatorToken().text());
    put(
        own,
        "TIDEGATE_MASTER_KEY",
        Base64.getEncoder().encodeToString(settings.masterKey().bytes()));
    Database given = embedded ? null : Settings.inspect(own).database();
    int nodes = nodes(words);
    if (given == null && nodes > MOST_EMBEDDED) {
      throw new ClusterException(
          "with the database that is started here " + MOST_EMBEDDED + " nodes are the most");
    }
    boolean withParent = words.contains("--with-parent");
    return new Plan(nodes, withParent, port(port), settings, given, Map.copyOf(own));
  }

  private static int nodes(List<String> words) {
    List<String> rest = words.stream().filter(word -> !word.equals("--with-parent")).toList();
    if (rest.isEmpty()) {
      return DEFAULT_NODES;
    }
    int nodes =
        rest.size() == 1 && rest.getFirst().matches("[0-9]{1,3}")
            ? Integer.parseInt(rest.getFirst())
            : 0;
    if (nodes < 1 || nodes > MOST_NODES) {
      throw new ClusterException("tell a number of nodes, 1 to " + MOST_NODES + ": NODES=3");
    }
    return nodes;
  }

  private static int port(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return DEFAULT_PORT;
    }
    int port = text.strip().matches("[0-9]{1,5}") ? Integer.parseInt(text.strip()) : -1;
    if (port < 0 || port > HIGHEST_FIRST_PORT) {
      throw new ClusterException("TIDEGATE_PORT is not a port from 0 to " + HIGHEST_FIRST_PORT);
    }
    return port;
  }

  private static void put(Map<String, String> environment, String name, String value) {
    environment.remove(name + FILE);
    environment.put(name, value);
  }

  /** The environment of a node. */
  Map<String, String> node(Ports ports, Database database, String redisUrl) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("TIDEGATE_PORT", Integer.toString(ports.port()));
    all.put("TIDEGATE_MANAGEMENT_PORT", Integer.toString(ports.management()));
    all.put("TIDEGATE_DATA", settings.data().toString());
    put(all, "TIDEGATE_DATABASE_URL", database.jdbcUrl());
    all.put("TIDEGATE_DATABASE_USER", database.user());
    put(all, "TIDEGATE_DATABASE_PASSWORD", database.password());
    put(all, "TIDEGATE_REDIS_URL", redisUrl);
    if (given == null) {
      int share = Math.max(LEAST_CONNECTIONS, EMBEDDED_CONNECTIONS / nodes);
      int connections = Math.min(PoolSizes.STANDARD.total(), share);
      all.putIfAbsent("TIDEGATE_DATABASE_CONNECTIONS", Integer.toString(connections));
      all.putIfAbsent("TIDEGATE_DEMO", "true");
    }
    return all;
  }

  /** The environment of a program that is not ours: no secret is in it. */
  Map<String, String> strangers() {
    Map<String, String> all = new HashMap<>(environment);
    all.keySet().removeIf(name -> name.startsWith("TIDEGATE_"));
    return all;
  }

  /** How a node is reached from this machine. */
  String url(Ports ports) {
    return (settings.tls() == null ? "http" : "https")
        + "://"
        + here(settings.host(), ports.port());
  }

  String managementUrl(Ports ports) {
    return "http://" + here(settings.managementHost(), ports.management());
  }

  private static String here(String host, int port) {
    String name = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
  }
}
