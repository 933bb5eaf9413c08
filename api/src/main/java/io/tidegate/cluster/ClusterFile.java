package io.tidegate.cluster;

import io.tidegate.settings.Database;
import io.tidegate.settings.SecretFiles;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code cluster.json}: what runs, for people and tests. It is there while all is up, and only its
 * owner may read it.
 */
record ClusterFile(Path folder) {
  private static final String NAME = "cluster.json";

  record Node(String url, String managementUrl, long pid) {}

  /**
   * @param pid null when it was not started here
   */
  record Server(String url, @Nullable Long pid) {}

  void write(List<Node> nodes, Server redis, Server postgres, String operatorToken) {
    List<String> rows = new ArrayList<>();
    for (Node node : nodes) {
      rows.add(
          "    {\"url\": %s, \"managementUrl\": %s, \"pid\": %d}"
              .formatted(quote(node.url()), quote(node.managementUrl()), node.pid()));
    }
    String text =
        """
        {
          "nodes": [
        %s
          ],
          "redis": %s,
          "postgres": %s,
          "operatorToken": %s
        }"""
            .formatted(String.join(",\n", rows), of(redis), of(postgres), quote(operatorToken));
    new SecretFiles(folder).write(NAME, text);
  }

  void remove() throws IOException {
    Files.deleteIfExists(folder.resolve(NAME));
  }

  /** The address that PostgreSQL's own programs take. */
  static String url(Database database) {
    return database
        .jdbcUrl()
        .replace(
            "jdbc:postgresql://",
            "postgresql://" + encode(database.user()) + ":" + encode(database.password()) + "@");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String of(Server server) {
    return "{\"url\": %s, \"pid\": %s}".formatted(quote(server.url()), server.pid());
  }

  private static String quote(String text) {
    return text.chars()
        .mapToObj(
            c ->
                c == '"' || c == '\\'
                    ? "\\" + (char) c
                    : c < ' ' ? "\\u%04x".formatted(c) : String.valueOf((char) c))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
