package io.tidegate.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.faults.world.Launch;
import io.tidegate.faults.world.RedisServer;
import io.tidegate.scenarios.stage.Sdk;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code make scenarios} once, with the same seed each time, for all SDKs on one cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SdksPassTheScenariosIT {
  private static final Path JAR = Path.of("..", "api", "target", "tidegate.jar").toAbsolutePath();
  private static final Path SDK_JS = Path.of("..", "sdk-js", "dist", "index.js");
  private static final long SEED = 6;

  private List<Row> rows = List.of();

  @BeforeAll
  void play() throws Exception {
    Needed.that(
        RedisServer.program().isPresent(),
        "redis-server is not installed: `make setup` installs it");
    assertThat(Files.isRegularFile(JAR)).as("no %s: run this by `mvn verify`", JAR).isTrue();
    Path work = Path.of("target", "it-" + ProcessHandle.current().pid());
    List<Sdk> playable = sdks().stream().filter(SdksPassTheScenariosIT::isHere).toList();
    rows = Scenarios.play(work, launch(), playable, AllScenarios.LIST, 1, SEED);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLostOrRepeatedOrSkippedInSilence(Sdk sdk) {
    Needed.that(
        sdks().contains(sdk) && isHere(sdk),
        sdk.word() + " is not played: -Dscenarios.sdks=java,js after `make built-sdk-js`");
    List<Row> own = rows.stream().filter(row -> row.sdk().equals(sdk.word())).toList();
    Set<String> played = own.stream().map(Row::scenario).collect(Collectors.toSet());
    assertThat(played).containsAll(AllScenarios.LIST.stream().map(Scenario::name).toList());
    assertThat(own).allSatisfy(row -> assertThat(row.good()).as("%s", row).isTrue());
  }

  /** Those that the build names, in pom.xml. */
  private static List<Sdk> sdks() {
    return Stream.of(System.getProperty("scenarios.sdks", "java,js").split(","))
        .map(Sdk::named)
        .toList();
  }

  /** Whether it is built, and what runs it is there. */
  static boolean isHere(Sdk sdk) {
    return switch (sdk) {
      case JAVA -> true;
      case JS -> Files.isRegularFile(SDK_JS) && Needed.found("node").isPresent();
    };
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
