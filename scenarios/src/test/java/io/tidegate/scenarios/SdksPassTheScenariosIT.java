package io.tidegate.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidegate.faults.world.Launch;
import io.tidegate.faults.world.RedisServer;
import io.tidegate.scenarios.stage.Sdk;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code make scenarios} once, with the same seed each time. */
class SdksPassTheScenariosIT {
  private static final Path JAR = Path.of("..", "api", "target", "tidegate.jar").toAbsolutePath();
  private static final long SEED = 6;

  @Test
  void nothingIsLostOrRepeatedOrSkippedInSilence() throws Exception {
    boolean redis = RedisServer.program().isPresent();
    if (!redis) {
      System.err.println("SKIPPED: redis-server is not installed: `make setup` installs it");
      assertThat(System.getenv("CI")).as("redis-server is needed").isNotEqualTo("true");
    }
    assumeTrue(redis, "redis-server is not installed");
    assertThat(Files.isRegularFile(JAR)).as("no %s: run this by `mvn verify`", JAR).isTrue();
    Path work = Path.of("target", "it-" + ProcessHandle.current().pid());
    List<Row> rows = Scenarios.play(work, launch(), sdks(), AllScenarios.LIST, 1, SEED);
    assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(row.good()).as("%s", row).isTrue());
  }

  /** Those that the build names, in pom.xml. */
  static List<Sdk> sdks() {
    return Stream.of(System.getProperty("scenarios.sdks", "java").split(","))
        .map(Sdk::named)
        .toList();
  }

  /** What this JVM itself was started with, but for its heap: the flags depend on the JDK. */
  static Launch launch() {
    List<String> flags =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> flag.startsWith("-XX:") || flag.matches("--(enable|sun)-.*"))
            .toList();
    return Launch.plain(JAR, flags);
  }
}
