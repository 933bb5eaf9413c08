package io.tidegate.e2e.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The jar's command {@code cluster} as a process of its own, with data that stay. */
public final class ClusterProcess implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path WORK = Path.of("target", "e2e");

  /** A first start unpacks and makes the embedded database, and the machine may be busy. */
  private static final Duration READY_WITHIN = Duration.ofSeconds(600);

  private static final Duration GONE_WITHIN = Duration.ofSeconds(120);

  private final Path data;
  private final Path log;
  private final int nodes;
  private final List<Long> everStarted = new ArrayList<>();
  private Process process;
  private int starts;

  private ClusterProcess(String name, int nodes) {
    this.data = WORK.resolve(name).toAbsolutePath();
    this.log = WORK.resolve(name + ".log").toAbsolutePath();
    this.nodes = nodes;
    Folder.delete(data);
    Folder.delete(log);
    this.process = launch();
    Runtime.getRuntime().addShutdownHook(new Thread(this::killAll));
    awaitReady();
  }

  /** With fresh data under a name of the test's own, on free ports; returns when it is ready. */
  public static ClusterProcess start(String name, int nodes) {
    return new ClusterProcess(name, nodes);
  }

  /** Over the same data; returns when it is ready. */
  public void startAgain() {
    process = launch();
    awaitReady();
  }

  /** A node to talk to. */
  public Target node(int index) {
    JsonNode file = file();
    int port = portOf(file.path("nodes").path(index).path("url").asText());
    String token = file.path("operatorToken").asText();
    return new Target() {
      @Override
      public int port() {
        return port;
      }

      @Override
      public String operatorToken() {
        return token;
      }
    };
  }

  private static int portOf(String url) {
    return java.net.URI.create(url).getPort();
  }

  public Path fileItself() {
    return data.resolve("cluster.json");
  }

  /** What {@code cluster.json} says. */
  public JsonNode file() {
    try {
      return MAPPER.readTree(fileItself().toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All process ids it says: the nodes', then Redis', then PostgreSQL's. */
  public List<Long> pids() {
    List<Long> pids = new ArrayList<>();
    file().path("nodes").forEach(node -> pids.add(node.path("pid").asLong()));
    pids.add(file().path("redis").path("pid").asLong());
    pids.add(file().path("postgres").path("pid").asLong());
    return pids;
  }

  /** Whether a program runs under it; what has ended may stay listed until it is reaped. */
  public static boolean runs(long pid) {
    return ProcessHandle.of(pid).flatMap(one -> one.info().command()).isPresent();
  }

  /** Sends a signal to the launcher alone. */
  public void signal(String name) {
    signal(name, process.pid());
  }

  public static void signal(String name, long pid) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Returns the launcher's exit code. */
  public int awaitEnd() {
    try {
      if (!process.waitFor(GONE_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the cluster does not end: " + log);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Everything it has printed. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    killAll();
    Folder.delete(data);
  }

  private synchronized void killAll() {
    process.destroyForcibly();
    awaitEnd();
    new DatabaseProcess(data.resolve("postgres")).kill9();
    for (long pid : everStarted) {
      ProcessHandle.of(pid)
          .filter(one -> one.info().command().orElse("").matches(".*/(java|redis-[^/]*)"))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private Process launch() {
    try {
      Files.createDirectories(WORK);
      Map<String, String> environment =
          Map.of("TIDEGATE_PORT", "0", "TIDEGATE_DATA", data.toString());
      ProcessBuilder builder =
          GatewayJar.process(environment, "cluster", Integer.toString(nodes))
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      // Who runs these tests in the background of a shell has them, and so it, ignore SIGINT.
      builder.command().addAll(0, List.of("env", "--default-signal=INT"));
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that was killed leaves its file behind: what is printed counts. */
  private void awaitReady() {
    starts++;
    Awaitility.await("the cluster is ready, see " + log)
        .atMost(READY_WITHIN)
        .failFast(() -> !process.isAlive())
        .until(() -> output().split("nodes are ready", -1).length > starts);
    everStarted.addAll(pids());
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(e);
  }
}
