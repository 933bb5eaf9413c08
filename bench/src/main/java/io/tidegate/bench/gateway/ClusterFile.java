package io.tidegate.bench.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code make cluster} says of itself in {@code cluster.json}.
 *
 * @param redis empty when it was not started with them
 * @param pids of the nodes, in their order, then of Redis and PostgreSQL where these were started
 */
record ClusterFile(List<Node> nodes, Optional<ServerProcess> redis, List<Long> pids) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param data TIDEGATE_DATA, where the file and the embedded database are; the first node stands
   *     for that, so that its CPU counts once
   */
  static ClusterFile in(Path data) throws IOException {
    JsonNode root = JSON.readTree(Files.readString(at(data)));
    List<Node> nodes = new ArrayList<>();
    List<Long> pids = new ArrayList<>();
    for (JsonNode node : root.path("nodes")) {
      long pid = node.path("pid").asLong();
      pids.add(pid);
      Optional<Path> database = nodes.isEmpty() ? Optional.of(data) : Optional.empty();
      URI metrics = URI.create(node.path("managementUrl").asText() + "/metrics");
      nodes.add(
          new Node(
              address(URI.create(node.path("url").asText())),
              Optional.of(new ServerProcess(pid, database)),
              Optional.of(new ServerMetrics(metrics))));
    }
    for (String name : List.of("redis", "postgres")) {
      JsonNode pid = root.path(name).path("pid");
      if (pid.isIntegralNumber()) {
        pids.add(pid.asLong());
      }
    }
    Optional<ServerProcess> redis =
        Optional.of(root.path("redis").path("pid"))
            .filter(JsonNode::isIntegralNumber)
            .map(pid -> new ServerProcess(pid.asLong(), Optional.empty()));
    return new ClusterFile(nodes, redis, pids);
  }

  /** It is there when all is up. */
  static boolean isIn(Path data) {
    return Files.exists(at(data));
  }

  private static Path at(Path data) {
    return data.resolve("cluster.json");
  }

  private static InetSocketAddress address(URI url) {
    return new InetSocketAddress(url.getHost(), url.getPort());
  }
}
