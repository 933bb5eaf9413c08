package io.tidegate.sdk.gateway;

import io.tidegate.sdk.Tidegate;
import io.tidegate.sdk.TidegateBuilder;
import io.tidegate.sdk.control.App;
import io.tidegate.sdk.control.Control;
import io.tidegate.sdk.control.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The real jar as a process, one for all test classes of a JVM, ended with it. Its path is the
 * system property {@code tidegate.jar}, or {@code TIDEGATE_JAR}.
 */
public final class Gateway {
  private static final Duration READY_WITHIN = Duration.ofSeconds(180);
  private static final Duration GONE_WITHIN = Duration.ofSeconds(40);
  private static final String TOKEN = "tgo_" + UUID.randomUUID() + UUID.randomUUID();

  /** Made when it is first asked for; class initialisation lets one thread do it. */
  private static final class Shared {
    static final Gateway GATEWAY = start();
  }

  private final String url;
  private final Control control;
  private final Tenant tenant;
  private final Launch launch;

  /** What it is started with, over its data and on its ports; and what runs of it. */
  private static final class Launch {
    private final ProcessBuilder builder;
    private final int management;
    private final Path folder;
    private volatile Process process;

    Launch(ProcessBuilder builder, int management, Path folder)
        throws IOException, InterruptedException {
      this.builder = builder;
      this.management = management;
      this.folder = folder;
      this.process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "end-gateway"));
      Gateway.await(process, management, folder);
    }

    void again() throws IOException, InterruptedException {
      process = builder.start();
      Gateway.await(process, management, folder);
    }

    void stop() {
      end(process, folder.resolve("data"));
    }
  }

  private Gateway(String url, Launch launch) {
    this.url = url;
    this.launch = launch;
    this.control = Control.of(url, TOKEN);
    this.tenant = control.tenants().create(Map.of("name", "sdk"));
  }

  public static Gateway shared() {
    return Shared.GATEWAY;
  }

  /** One of the test's own, to be killed; ended with the JVM at the latest. */
  public static Gateway own() {
    return start();
  }

  /** SIGKILL; its database goes on without it. */
  public void kill9() throws InterruptedException {
    launch.process.destroyForcibly().waitFor();
  }

  /** Starts it again over its data, on its ports; returns when it is ready. */
  public void restart() throws IOException, InterruptedException {
    launch.again();
  }

  /** SIGTERM; returns at its end. */
  public void stop() {
    launch.stop();
  }

  public String url() {
    return url;
  }

  public int port() {
    return URI.create(url).getPort();
  }

  /** With the operator's token. */
  public Control control() {
    return control;
  }

  public Tenant tenant() {
    return tenant;
  }

  /** A key of an app of its own that may do everything. */
  public String newKey() {
    App app = control.apps(tenant.id()).create(Map.of("name", "test"));
    return newKey(app.id());
  }

  /** Such a key, in an app whose channels {@code durable:*} are durable. */
  public String durableKey() {
    App app = control.apps(tenant.id()).create(Map.of("name", "durable"));
    control
        .namespaces(app.id())
        .put("durable", Map.of("pattern", "durable:*", "durability", "durable"));
    return newKey(app.id());
  }

  public String newKey(String appId) {
    List<String> all = List.of("publish", "subscribe", "presence", "history", "admin");
    return control
        .keys(appId)
        .create(Map.of("name", "backend", "capabilities", Map.of("*", all, "[meta]log", all)))
        .key()
        .orElseThrow();
  }

  /** A client with such a key. */
  public TidegateBuilder client() {
    return Tidegate.builder().url(url).key(newKey());
  }

  private static Gateway start() {
    try {
      int port = freePort();
      int management = freePort();
      Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "gateway-");
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-XX:+UseCompactObjectHeaders",
                  "-Xmx768m",
                  "-jar",
                  jar().toString())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
      Map<String, String> environment = builder.environment();
      environment.keySet().removeIf(name -> name.startsWith("TIDEGATE_"));
      environment.put("TIDEGATE_HOST", "127.0.0.1");
      environment.put("TIDEGATE_PORT", Integer.toString(port));
      environment.put("TIDEGATE_MANAGEMENT_HOST", "127.0.0.1");
      environment.put("TIDEGATE_MANAGEMENT_PORT", Integer.toString(management));
      environment.put("TIDEGATE_DATA", folder.resolve("data").toString());
      environment.put("TIDEGATE_OPERATOR_TOKEN", TOKEN);
      environment.put("TIDEGATE_DEMO", "false");
      environment.put("TIDEGATE_WEBHOOK_ALLOW", "127.0.0.1");
      for (String limit : List.of("REQUESTS_PER_SECOND_PER_IP", "REQUESTS_PER_SECOND_PER_KEY")) {
        environment.put("TIDEGATE_" + limit, "0");
      }
      for (String limit :
          List.of("ACCEPTED_PER_SECOND", "CONNECTIONS_PER_ADDRESS", "NEWCOMERS_PER_ADDRESS")) {
        environment.put("TIDEGATE_" + limit, "0");
      }
      return new Gateway("http://127.0.0.1:" + port, new Launch(builder, management, folder));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the gateway did not start", e);
    }
  }

  private static Path jar() {
    String named = System.getProperty("tidegate.jar", System.getenv("TIDEGATE_JAR"));
    Path jar = Path.of(named == null ? "../api/target/tidegate.jar" : named).toAbsolutePath();
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException("no " + jar + ": build api first, or set TIDEGATE_JAR");
    }
    return jar.normalize();
  }

  private static void await(Process process, int management, Path folder)
      throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    URI ready = URI.create("http://127.0.0.1:" + management + "/health/ready");
    HttpRequest request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(2)).build();
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It does not listen yet.
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    process.destroyForcibly();
    throw new IllegalStateException("not ready: " + Files.readString(folder.resolve("log")));
  }

  private static void end(Process process, Path data) {
    process.destroy();
    try {
      if (!process.waitFor(GONE_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      delete(data);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | UncheckedIOException e) {
      // The next `mvn clean` takes it.
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /**
   * Below the ports that connections going out are given and above those of embedded databases:
   * none of them takes it before its server does.
   */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(26_000, 32_768);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // Another one, then.
      }
    }
  }
}
