package io.tidegate.e2e.gateway;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The runnable jar; of this JVM's own environment nothing reaches it that a gateway would read. */
final class GatewayJar {
  private static final Path JAR = Path.of("target", "tidegate.jar");

  /** What this JVM itself was started with, but for its heap: the flags depend on the JDK. */
  private static final List<String> FLAGS =
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(flag -> flag.startsWith("-XX:") || flag.matches("--(enable|sun)-.*"))
          .toList();

  private static final String HEAP = "-Xmx512m";

  private GatewayJar() {}

  /** To be started; both outputs are one. */
  static ProcessBuilder process(Map<String, String> environment, String... arguments) {
    if (!Files.isRegularFile(JAR)) {
      throw new IllegalStateException("no " + JAR + ": run this by `mvn verify`");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of(HEAP, "-jar", JAR.toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("TIDEGATE_"));
    builder.environment().putAll(environment);
    return builder;
  }
}
