package io.tidegate.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidegate.faults.fault.AllFaults;
import io.tidegate.faults.fault.Fault;
import io.tidegate.faults.fault.Fault.Begins;
import io.tidegate.faults.world.Cluster;
import io.tidegate.faults.world.Launch;
import io.tidegate.faults.world.RedisServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Some of `make faults`, with less load and shorter faults. The clients' records stay. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsAreSurvivedIT {
  static final Path JAR = Path.of("..", "api", "target", "tidegate.jar");
  static final Path WORK = Path.of("target", "it");

  private static final int RUNS = 4;
  private static final long SEED = 4;

  private Stand stand;

  /** What this JVM itself was started with, but for its heap: the flags depend on the JDK. */
  static List<String> flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("-XX:") || flag.matches("--(enable|sun)-.*"))
        .toList();
  }

  /** Skips, loudly, where there is no Redis; with CI=true that is a failure. */
  static void requireRedis() {
    boolean there = RedisServer.program().isPresent();
    if (!there) {
      System.err.println("SKIPPED: redis-server is not installed: `make setup` installs it");
      assertThat(System.getenv("CI")).as("redis-server is needed").isNotEqualTo("true");
    }
    assumeTrue(there, "redis-server is not installed");
    assertThat(Files.isRegularFile(JAR)).as("no %s: run this by `mvn verify`", JAR).isTrue();
  }

  @BeforeAll
  void start() throws Exception {
    requireRedis();
    stand = stand("cluster");
  }

  private static Stand stand(String folder) {
    Launch launch = Launch.plain(JAR, flags());
    return new Stand(WORK.resolve("faults").resolve(folder), launch, Optional.empty(), RUNS);
  }

  @AfterAll
  void stop() {
    if (stand != null) {
      stand.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"node-kill", "redis-empty", "postgres-kill", "redis-black-hole"})
  void nobodyLosesAnythingUnawares(String fault) throws Exception {
    Path file = WORK.resolve("faults").resolve(fault + ".jsonl");
    Run.Outcome outcome = run(AllFaults.named(fault), file);
    System.out.println(FaultsReport.line(Row.OfFault.of(outcome)));
    assertThat(outcome.verdict().violations().kept()).as("seed %s, %s", SEED, file).isEmpty();
    assertThat(outcome.verdict().acknowledged()).isPositive();
    assertThat(outcome.verdict().deliveries()).isPositive();
  }

  /** One that breaks something leaves its cluster as it is: the next one has its own. */
  private Run.Outcome run(Fault fault, Path file) throws Exception {
    boolean good = false;
    try {
      Cluster cluster = stand.cluster(Begins.NOW);
      Run.Outcome outcome =
          Run.of(cluster, stand.customers(Begins.NOW), fault, SEED, Plan.SHORT, file);
      good = outcome.verdict().violations().isEmpty();
      return outcome;
    } finally {
      if (!good) {
        stand.close();
        stand = stand("cluster-after-" + fault.name());
      }
    }
  }
}
