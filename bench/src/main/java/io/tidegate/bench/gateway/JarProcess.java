package io.tidegate.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The jar as a child of the generator, in a folder of its own with fresh data; it ends with the
 * generator, whichever way that ends, as long as it is not killed.
 */
final class JarProcess implements AutoCloseable {
  private static final long POLL_MILLIS = 100;
  private static final int LAST_LINES = 10;

  /** All clients come from one address, with one key, as fast as they can. */
  private static final List<String> UNLIMITED =
      List.of(
          "TIDEGATE_ACCEPTED_PER_SECOND",
          "TIDEGATE_CONNECTIONS_PER_ADDRESS",
          "TIDEGATE_NEWCOMERS_PER_ADDRESS",
          "TIDEGATE_REQUESTS_PER_SECOND_PER_IP",
          "TIDEGATE_REQUESTS_PER_SECOND_PER_KEY");

  private final Process process;
  private final Path folder;
  private final String operatorToken;
  private final Duration goneWithin;
  private final Thread hook = new Thread(this::end, "end-gateway");

  private JarProcess(Process process, Path folder, String operatorToken, Duration goneWithin) {
    this.process = process;
    this.folder = folder;
    this.operatorToken = operatorToken;
    this.goneWithin = goneWithin;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * What is started.
   *
   * @param jar run on this JVM's JDK
   * @param flags for its JVM
   * @param words behind the jar
   * @param environment added to what every run is given; other settings of a gateway are taken out
   * @param work folder for data and log
   * @param goneWithin after SIGTERM
   */
  record Launch(
      Path jar,
      List<String> flags,
      List<String> words,
      Map<String, String> environment,
      Path work,
      Duration goneWithin) {}

  /** Starts it, and does not wait for anything. */
  static JarProcess start(Launch launch) throws IOException {
    Path jar = launch.jar();
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException("no " + jar + ": build it, or name a gateway with --url");
    }
    Files.createDirectories(launch.work());
    Path folder = Files.createTempDirectory(launch.work().toAbsolutePath(), "gateway-");
    String token = secret();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(launch.flags());
    command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
    command.addAll(launch.words());
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("TIDEGATE_"));
    UNLIMITED.forEach(name -> environment.put(name, "0"));
    environment.put("TIDEGATE_HOST", "127.0.0.1");
    environment.put("TIDEGATE_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("TIDEGATE_DATA", data(folder).toString());
    environment.put("TIDEGATE_OPERATOR_TOKEN", token);
    environment.put("TIDEGATE_DEMO", "false");
    environment.put("TIDEGATE_WEBHOOK_ALLOW", "127.0.0.1");
    environment.putAll(launch.environment());
    builder.redirectErrorStream(true).redirectOutput(log(folder).toFile());
    return new JarProcess(builder.start(), folder, token, launch.goneWithin());
  }

  long pid() {
    return process.pid();
  }

  String operatorToken() {
    return operatorToken;
  }

  /** TIDEGATE_DATA. */
  Path data() {
    return data(folder);
  }

  /** Waits until it is ready; ends it and says its last words when it is not in time. */
  void await(BooleanSupplier ready, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      if (ready.getAsBoolean()) {
        return;
      }
      Thread.sleep(POLL_MILLIS);
    }
    close();
    throw new IllegalStateException(
        "the gateway is not ready; " + log(folder) + " ends with\n" + lastLines());
  }

  /** Ends it; its log is kept. */
  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private void end() {
    try {
      process.destroy();
      if (!process.waitFor(goneWithin.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("the gateway did not end on SIGTERM; its log: " + log(folder));
        process.destroyForcibly().waitFor();
        return;
      }
      delete(data());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.err.println("left behind: " + folder + ": " + e);
    }
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log(folder));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Path log(Path folder) {
    return folder.resolve("gateway.log");
  }

  private static Path data(Path folder) {
    return folder.resolve("data");
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
