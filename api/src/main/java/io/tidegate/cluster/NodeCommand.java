package io.tidegate.cluster;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this very program is started as a node, and asked whether it is ready. */
final class NodeCommand {
  private static final int PATIENCE_MILLIS = 2_000;
  private static final int OK = 200;

  private NodeCommand() {}

  /** The JDK, its flags and the jar that run here. */
  static List<String> words() {
    String classes = System.getProperty("java.class.path");
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("-X") || flag.matches("--(enable|sun)-.*"))
        .forEach(words::add);
    if (classes.endsWith(".jar") && !classes.contains(File.pathSeparator)) {
      words.addAll(List.of("-jar", Path.of(classes).toAbsolutePath().toString()));
    } else {
      words.addAll(List.of("-cp", classes, "io.tidegate.Application"));
    }
    return words;
  }

  static boolean isReady(String managementUrl) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(managementUrl + "/health/ready").toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      try {
        return connection.getResponseCode() == OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }
}
