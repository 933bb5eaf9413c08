package io.tidegate.e2e.gateway;

import io.tidegate.TestPorts;
import io.tidegate.e2e.rest.Judge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The runnable jar as a process of its own, with its own data and ports, which stay when it is
 * started again. Its output is kept beside its data.
 */
public final class GatewayProcess implements Target, AutoCloseable {
  private static final Path WORK = Path.of("target", "e2e");

  private static final String OPERATOR_TOKEN = "tgo_e2e-Vb3kQz81mXw5Tn7RcY2pLs9GhJ4dFaUe6";

  /** A first start unpacks and makes the embedded database, and the machine may be busy. */
  private static final Duration READY_WITHIN = Duration.ofSeconds(300);

  private static final Duration GONE_WITHIN = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 50;
  private static final int LAST_LINES = 30;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path data;
  private final Path log;
  private final Map<String, String> environment;

  /** What the java command is run by; mostly nothing. */
  private final List<String> launcher;

  private final int port = TestPorts.free();
  private final int managementPort = TestPorts.free();
  private Process process;

  private GatewayProcess(String name, List<String> launcher, Map<String, String> environment) {
    this.data = WORK.resolve(name).toAbsolutePath();
    this.log = WORK.resolve(name + ".log").toAbsolutePath();
    this.environment = environment;
    this.launcher = launcher;
    Folder.delete(data);
    Folder.delete(log);
    this.process = launch();
    Runtime.getRuntime().addShutdownHook(new Thread(this::killAll));
    awaitReady();
  }

  /** Starts one with fresh data under a name of the test's own; returns when it is ready. */
  public static GatewayProcess start(String name) {
    return start(name, Map.of());
  }

  /** With more of the environment set. */
  public static GatewayProcess start(String name, Map<String, String> environment) {
    return new GatewayProcess(name, List.of(), environment);
  }

  /** One that may have so many file descriptors. */
  public static GatewayProcess startWithDescriptors(String name, int count) {
    String limited = "ulimit -n " + count + " && exec \"$@\"";
    return new GatewayProcess(name, List.of("/bin/sh", "-c", limited, "sh"), Map.of());
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String operatorToken() {
    return OPERATOR_TOKEN;
  }

  public URI management(String path) {
    return URI.create("http://127.0.0.1:" + managementPort + path);
  }

  /** Its folder of data, secrets among them. */
  public Path data() {
    return data;
  }

  /** Its embedded database. */
  public DatabaseProcess database() {
    return new DatabaseProcess(data.resolve("postgres"));
  }

  /** SIGKILL; its database goes on without it. */
  public void kill9() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM; returns the exit code. */
  public int terminate() {
    process.destroy();
    return awaitEnd();
  }

  /** Everything it has printed. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Starts it again over its data, on its ports; returns when it is ready. */
  public void restart() {
    if (process.isAlive()) {
      throw new IllegalStateException("it still runs");
    }
    process = launch();
    awaitReady();
  }

  /** Runs one of the jar's commands in its environment and with more of it; returns at its end. */
  public CommandRun command(String command, Map<String, String> more) {
    try {
      Process running = GatewayJar.process(environment(more), command).start();
      running.getOutputStream().close();
      String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new CommandRun(running.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** While it is down: keeps a copy of its data, in place of an earlier one. */
  public void backUp() {
    requireDown();
    Folder.copy(data, copy());
  }

  /** While it is down: puts the copy in the place of its data. */
  public void putBack() {
    requireDown();
    Folder.copy(copy(), data);
  }

  private Path copy() {
    return data.resolveSibling(data.getFileName() + ".copy");
  }

  private void requireDown() {
    if (process.isAlive() || database().isAlive()) {
      throw new IllegalStateException("it still runs");
    }
  }

  /** Ends it and its database in the quickest way, and deletes its data. */
  @Override
  public void close() {
    killAll();
    Folder.delete(data);
    Folder.delete(copy());
  }

  private synchronized void killAll() {
    process.destroyForcibly();
    awaitEnd();
    database().kill9();
  }

  private int awaitEnd() {
    try {
      if (!process.waitFor(GONE_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the gateway does not end: " + log);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Process launch() {
    try {
      Files.createDirectories(WORK);
      ProcessBuilder builder = GatewayJar.process(environment(Map.of()));
      List<String> command = new ArrayList<>(launcher);
      command.addAll(builder.command());
      return builder
          .command(command)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> all = new HashMap<>();
    all.put("TIDEGATE_PORT", Integer.toString(port));
    all.put("TIDEGATE_MANAGEMENT_PORT", Integer.toString(managementPort));
    all.put("TIDEGATE_DATA", data.toString());
    all.put("TIDEGATE_OPERATOR_TOKEN", OPERATOR_TOKEN);
    // As many as a test opens.
    all.put("TIDEGATE_ACCEPTED_PER_SECOND", "0");
    all.put("TIDEGATE_DEMO", "false");
    all.putAll(environment);
    all.putAll(more);
    return all;
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(lastWords());
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  /** Why it does not get ready, as far as it says so itself; ends it. */
  private String lastWords() {
    String how = process.isAlive() ? "in " + READY_WITHIN : "and has ended";
    killAll();
    List<String> lines = output().lines().toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    return "the gateway does not get ready "
        + (how + " (exit code " + process.exitValue() + "):\n" + String.join("\n", last));
  }

  private boolean isReady() {
    HttpRequest request =
        HttpRequest.newBuilder(management("/health/ready")).timeout(Duration.ofSeconds(2)).build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      Judge.exchange(answer, null);
      return answer.statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(e);
  }
}
