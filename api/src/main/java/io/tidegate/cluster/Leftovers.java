package io.tidegate.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The processes started here, in a file: a launcher ended by kill -9 leaves them running, and the
 * next one stops them. A line is a process id and when that process began, in ms.
 */
record Leftovers(Path file) {
  private static final Pattern LINE = Pattern.compile("[0-9]{1,10} [0-9]{1,15}");

  /** The same process's start is read from the clock, which may have been set meanwhile. */
  private static final Duration CLOCK = Duration.ofSeconds(5);

  /** Debian's redis-server is a link to redis-check-rdb. */
  private static final Pattern OURS = Pattern.compile(".*/(java|(redis|valkey)-[^/]*)");

  private static final long DEATH_SECONDS = 10;

  void add(Child child) throws IOException {
    String began =
        child.process().info().startInstant().map(Instant::toEpochMilli).orElse(0L).toString();
    Files.writeString(
        file,
        child.pid() + " " + began + "\n",
        StandardCharsets.US_ASCII,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Ends what an earlier one left; returns how many processes. */
  int stop() throws IOException, InterruptedException {
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    int stopped = 0;
    for (String line : lines) {
      Optional<ProcessHandle> left = running(line);
      if (left.isPresent()) {
        left.get().destroyForcibly();
        awaitDeath(line);
        stopped++;
      }
    }
    forget();
    return stopped;
  }

  void forget() throws IOException {
    Files.deleteIfExists(file);
  }

  /** A process that nobody reaps stays listed, but has no program any more. */
  private static void awaitDeath(String line) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEATH_SECONDS);
    while (running(line).isPresent()) {
      if (System.nanoTime() - deadline > 0) {
        throw new ClusterException(
            "process " + line.split(" ")[0] + " of an earlier start does not end");
      }
      Thread.sleep(10);
    }
  }

  /** A process id may be another program's by now. */
  private static Optional<ProcessHandle> running(String line) {
    if (!LINE.matcher(line).matches()) {
      return Optional.empty();
    }
    String[] words = line.split(" ");
    Instant began = Instant.ofEpochMilli(Long.parseLong(words[1]));
    return ProcessHandle.of(Long.parseLong(words[0]))
        .filter(one -> one.info().command().filter(c -> OURS.matcher(c).matches()).isPresent())
        .filter(
            one ->
                one.info()
                    .startInstant()
                    .filter(at -> Duration.between(at, began).abs().compareTo(CLOCK) < 0)
                    .isPresent());
  }
}
