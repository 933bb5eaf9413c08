package io.tidegate.faults.world;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One gateway process with proxies of its own: to Redis, to PostgreSQL, and in front of it. */
public final class Node implements AutoCloseable {
  /** Ample, for a machine so busy that a start has a tenth of a core. */
  private static final Duration READY_WITHIN = Duration.ofMinutes(10);

  /** A process asked what its threads do has said it by then. */
  private static final long DUMP_MILLIS = 2_000;

  /** It promises to be gone 30 s after SIGTERM. */
  private static final Duration GONE_WITHIN = Duration.ofSeconds(45);

  private final HttpClient http = HttpClient.newHttpClient();
  private final int number;
  private final Path folder;
  private final Map<String, String> environment;
  private final int port = Ports.free();
  private final int management = Ports.free();
  private final Proxy front = new Proxy(port);
  private final Proxy toRedis;
  private final Proxy toDatabase;
  private final Launch first;
  private volatile Launch launch;
  private Process process;

  Node(
      int number,
      Path folder,
      Launch launch,
      Map<String, String> environment,
      Proxy toRedis,
      Proxy toDatabase)
      throws IOException {
    this.number = number;
    this.folder = Files.createDirectories(folder.toAbsolutePath());
    this.first = launch;
    this.launch = launch;
    this.environment = environment;
    this.toRedis = toRedis;
    this.toDatabase = toDatabase;
    this.process = begin();
  }

  /** From 0. */
  public int number() {
    return number;
  }

  /** Where clients connect: its front proxy. */
  public int clientPort() {
    return front.port();
  }

  /** Between clients and it. */
  public Proxy front() {
    return front;
  }

  /** Between it and Redis. */
  public Proxy toRedis() {
    return toRedis;
  }

  /** Between it and PostgreSQL. */
  public Proxy toDatabase() {
    return toDatabase;
  }

  /** kill -9; it is gone when this returns. */
  public void kill9() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** SIGTERM; returns at its end. */
  public void terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(GONE_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end on SIGTERM: " + log());
    }
  }

  /** Such as {@code STOP}. */
  public void signal(String name) throws InterruptedException {
    Signals.send(name, List.of(process.pid()));
  }

  /** Starts it again, on its ports; does not wait. */
  public void start() throws IOException {
    start(launch);
  }

  /** Starts another program in its place: from now on that is what it is. */
  public void start(Launch other) throws IOException {
    if (process.isAlive()) {
      throw new IllegalStateException("it still runs");
    }
    launch = other;
    process = begin();
  }

  /** Whether it is another program than at first. Any thread. */
  public boolean isAnother() {
    return !launch.equals(first);
  }

  /** Waits until it is ready. */
  public void awaitReady() throws InterruptedException {
    long end = System.nanoTime() + READY_WITHIN.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        dump();
        throw new IllegalStateException("node " + number + " does not get ready: " + log());
      }
      Thread.sleep(50);
    }
  }

  /** What its threads do goes to its log. */
  private void dump() throws InterruptedException {
    if (process.isAlive()) {
      signal("QUIT");
      Thread.sleep(DUMP_MILLIS);
    }
  }

  /** Whether it says that it is. */
  public boolean isReady() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/health/ready"))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Whether its process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Everything it has printed. */
  public Path log() {
    return folder.resolve("gateway.log");
  }

  private Process begin() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(launch.command()).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("TIDEGATE_"));
    builder.environment().putAll(environment);
    builder.environment().putAll(launch.environment());
    builder
        .environment()
        .putAll(
            Map.of(
                "TIDEGATE_PORT",
                Integer.toString(port),
                "TIDEGATE_MANAGEMENT_PORT",
                Integer.toString(management),
                "TIDEGATE_DATA",
                folder.resolve("data").toString()));
    Process started =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    return started;
  }

  @Override
  public void close() {
    kill9();
    front.close();
    toRedis.close();
    toDatabase.close();
    http.close();
  }
}
