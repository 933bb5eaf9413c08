package io.tidegate.cluster;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How a Redis is started here: on loopback, with the settings that docs/cluster.md asks for. */
record RedisServer(int port, List<String> command) {
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int PATIENCE_MILLIS = 1_000;

  /**
   * @param folder where it keeps its data
   * @throws ClusterException when there is no program to start
   */
  static RedisServer in(Path folder, Map<String, String> environment) {
    int port = Ports.free();
    return new RedisServer(
        port,
        List.of(
            program(environment).toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            folder.toString(),
            "--save",
            "",
            "--appendonly",
            "yes",
            "--maxmemory-policy",
            "noeviction",
            "--daemonize",
            "no"));
  }

  private static Path program(Map<String, String> environment) {
    String given = environment.getOrDefault("TIDEGATE_REDIS_SERVER", "");
    if (!given.isBlank()) {
      return Path.of(given);
    }
    String path = environment.getOrDefault("PATH", "");
    return Stream.of("redis-server", "valkey-server")
        .flatMap(
            name ->
                Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new ClusterException(
                    "there is no redis-server or valkey-server on the PATH: install one, set"
                        + " TIDEGATE_REDIS_SERVER to its path, or TIDEGATE_REDIS_URL to a running one"));
  }

  String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Whether it answers, its data read. */
  boolean isReady() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(PING);
      return socket.getInputStream().read() == '+';
    } catch (IOException notYet) {
      return false;
    }
  }
}
