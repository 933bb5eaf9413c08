package io.tidegate.bench.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A gateway of the generator's own: fresh data, free ports, ended with the run. */
public final class GatewayProcess implements Gateway {
  /** First start: the embedded database is unpacked and made. Ample, for a busy machine. */
  private static final Duration READY_WITHIN = Duration.ofSeconds(180);

  /** The gateway promises to be gone 30 s after SIGTERM. */
  private static final Duration GONE_WITHIN = Duration.ofSeconds(40);

  private final Process process;
  private final Path folder;
  private final int port;
  private final int management;
  private final String operatorToken;
  private final Thread hook = new Thread(this::end, "end-gateway");

  private GatewayProcess(
      Process process, Path folder, int port, int management, String operatorToken) {
    this.process = process;
    this.folder = folder;
    this.port = port;
    this.management = management;
    this.operatorToken = operatorToken;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts {@code jar} on this JVM's JDK and waits until it is ready.
   *
   * @param flags for its JVM
   * @param environment added to what the generator sets
   * @param work folder for data and log
   */
  public static GatewayProcess start(
      Path jar, List<String> flags, Map<String, String> environment, Path work)
      throws IOException, InterruptedException {
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException("no " + jar + ": build it, or name a gateway with --url");
    }
    Files.createDirectories(work);
    Path folder = Files.createTempDirectory(work.toAbsolutePath(), "gateway-");
    int port = freePort();
    int management = freePort();
    String token = secret();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("TIDEGATE_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "TIDEGATE_HOST",
                "127.0.0.1",
                "TIDEGATE_PORT",
                Integer.toString(port),
                "TIDEGATE_MANAGEMENT_HOST",
                "127.0.0.1",
                "TIDEGATE_MANAGEMENT_PORT",
                Integer.toString(management),
                "TIDEGATE_DATA",
                folder.resolve("data").toString(),
                "TIDEGATE_OPERATOR_TOKEN",
                token,
                // All clients come from one address, as fast as they can.
                "TIDEGATE_ACCEPTED_PER_SECOND",
                "0",
                "TIDEGATE_CONNECTIONS_PER_ADDRESS",
                "0",
                "TIDEGATE_DEMO",
                "false"));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log(folder).toFile());
    GatewayProcess gateway = new GatewayProcess(builder.start(), folder, port, management, token);
    gateway.awaitReady();
    return gateway;
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", port);
  }

  @Override
  public String operatorToken() {
    return operatorToken;
  }

  @Override
  public Optional<ServerProcess> process() {
    return Optional.of(new ServerProcess(process.pid(), Optional.of(folder.resolve("data"))));
  }

  @Override
  public Optional<ServerMetrics> metrics() {
    return Optional.of(
        new ServerMetrics(URI.create("http://127.0.0.1:" + management + "/metrics")));
  }

  /** Where its output goes: kept when it ends badly. */
  public Path log() {
    return log(folder);
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private void end() {
    try {
      process.destroy();
      if (!process.waitFor(GONE_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("the gateway did not end on SIGTERM; its log: " + log());
        process.destroyForcibly().waitFor();
        return;
      }
      delete(folder.resolve("data"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.err.println("left behind: " + folder + ": " + e);
    }
  }

  private void awaitReady() throws InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/health/ready"))
            .timeout(Duration.ofSeconds(2))
            .build();
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It does not listen yet.
      }
      Thread.sleep(100);
    }
    close();
    throw new IllegalStateException(
        "the gateway is not ready; " + log() + " ends with\n" + lastLines());
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Path log(Path folder) {
    return folder.resolve("gateway.log");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String secret() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return "tgo_" + HexFormat.of().formatHex(bytes);
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(path);
      }
    }
  }
}
