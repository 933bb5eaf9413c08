package io.tidegate.e2e.browser;

import io.tidegate.e2e.Needed;
import io.tidegate.e2e.rest.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A headless Chromium with a profile of its own; tests that need it are skipped without one. */
final class Browser implements AutoCloseable {
  private static final Duration START_WITHIN = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path profile;
  private final Process process;
  private final int port;

  private Browser(Path profile, Process process) {
    this.profile = profile;
    this.process = process;
    this.port = awaitPort();
  }

  static Browser start() {
    Path program = Needed.program("chromium");
    try {
      Path work = Files.createDirectories(Path.of("target", "e2e")).toAbsolutePath();
      Path profile = Files.createTempDirectory(work, "chromium-");
      Process process =
          new ProcessBuilder(
                  program.toString(),
                  "--headless=new",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-dev-shm-usage",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--no-first-run",
                  "--hide-scrollbars",
                  "--user-data-dir=" + profile,
                  "--remote-debugging-port=0",
                  "about:blank")
              .redirectErrorStream(true)
              .redirectOutput(work.resolve("chromium.log").toFile())
              .start();
      Browser browser = new Browser(profile, process);
      Runtime.getRuntime().addShutdownHook(new Thread(browser::kill));
      return browser;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a page of this size in pixels and returns when it has loaded. */
  Tab open(URI page, int width, int height) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + port
                        + "/json/new?"
                        + URLEncoder.encode("about:blank", StandardCharsets.UTF_8)))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      String target = http.send(request, BodyHandlers.ofString()).body();
      URI socket = URI.create(Json.read(target).path("webSocketDebuggerUrl").asText());
      return Tab.open(http, socket, page, width, height);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Chromium says where it listens in a file of its profile. */
  private int awaitPort() {
    Path file = profile.resolve("DevToolsActivePort");
    List<String> lines =
        Awaitility.await("chromium")
            .atMost(START_WITHIN)
            .until(
                () -> Files.exists(file) ? Files.readAllLines(file) : List.of(),
                found -> found.size() >= 2);
    return Integer.parseInt(lines.getFirst());
  }

  private void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    kill();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
      try (Stream<Path> all = Files.walk(profile)) {
        all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    } catch (IOException | UncheckedIOException leftBehind) {
      // A child was still writing: the profile goes with target/.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
