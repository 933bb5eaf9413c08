package io.tidegate.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that was started here, in a session of its own: Ctrl-C does not reach it. */
record Child(String name, Process process, Path log) {
  private static final int LAST_LINES = 12;

  static Child start(String name, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    Files.deleteIfExists(log);
    List<String> words = new ArrayList<>();
    // Nodes end before what they stand on: only whoever started all of it can see to that.
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      words.add("/usr/bin/setsid");
    }
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(new File("/dev/null"));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Child(name, builder.start(), log);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM; it goes on ending by itself. */
  void terminate() {
    process.destroy();
  }

  /** Waits for its end, and brings it about at last. */
  void awaitEnd(long seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** What it said last, indented. */
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      int from = Math.max(0, lines.size() - LAST_LINES);
      return "  " + String.join("\n  ", lines.subList(from, lines.size()));
    } catch (IOException unreadable) {
      return "  (see " + log + ")";
    }
  }
}
