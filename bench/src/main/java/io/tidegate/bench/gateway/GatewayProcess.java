package io.tidegate.bench.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** One node of the generator's own: fresh data, free ports, ended with the run. */
public final class GatewayProcess implements Gateway {
  /** First start: the embedded database is unpacked and made. Ample, for a busy machine. */
  private static final Duration READY_WITHIN = Duration.ofSeconds(180);

  /** The gateway promises to be gone 30 s after SIGTERM. */
  private static final Duration GONE_WITHIN = Duration.ofSeconds(40);

  private final JarProcess process;
  private final int port;
  private final int management;

  private GatewayProcess(JarProcess process, int port, int management) {
    this.process = process;
    this.port = port;
    this.management = management;
  }

  /**
   * Starts {@code jar} on this JVM's JDK and waits until it is ready.
   *
   * @param flags for its JVM
   * @param work folder for data and log
   */
  public static GatewayProcess start(Path jar, List<String> flags, Path work)
      throws IOException, InterruptedException {
    int port = freePort();
    int management = freePort();
    Map<String, String> ports =
        Map.of(
            "TIDEGATE_PORT",
            Integer.toString(port),
            "TIDEGATE_MANAGEMENT_PORT",
            Integer.toString(management));
    JarProcess process =
        JarProcess.start(new JarProcess.Launch(jar, flags, List.of(), ports, work, GONE_WITHIN));
    GatewayProcess gateway = new GatewayProcess(process, port, management);
    HttpClient http = HttpClient.newHttpClient();
    process.await(() -> gateway.isReady(http), READY_WITHIN);
    return gateway;
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", port);
  }

  @Override
  public String operatorToken() {
    return process.operatorToken();
  }

  @Override
  public Optional<ServerProcess> process() {
    return Optional.of(new ServerProcess(process.pid(), Optional.of(process.data())));
  }

  @Override
  public Optional<ServerMetrics> metrics() {
    return Optional.of(
        new ServerMetrics(URI.create("http://127.0.0.1:" + management + "/metrics")));
  }

  @Override
  public void close() {
    process.close();
  }

  private boolean isReady(HttpClient http) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/health/ready"))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      // It does not listen yet.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Below the ports that connections going out are given: none of them takes it before the gateway
   * does.
   */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_768);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // Another one, then.
      }
    }
  }
}
