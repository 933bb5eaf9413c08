package io.tidegate.scenarios;

import io.tidegate.bench.CommandLine;
import io.tidegate.faults.world.Launch;
import io.tidegate.scenarios.stage.Sdk;
import io.tidegate.scenarios.stage.Tenant;
import io.tidegate.scenarios.stage.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The command line: {@code --jar} the gateway, {@code --runs}, {@code --seed} of the first run,
 * {@code --only} scenarios by comma, {@code --sdks} java,js, {@code --flags} of the JVMs, {@code
 * --work} a folder. Ends with 0 when every promise was kept, 1 when one was not, 2 when it could
 * not be run.
 */
public final class Scenarios {
  private Scenarios() {}

  /** Runs what the arguments say. */
  public static void main(String[] arguments) {
    int code;
    try {
      code = run(CommandLine.options(List.of(arguments)));
    } catch (Exception e) {
      e.printStackTrace();
      code = 2;
    }
    System.exit(code);
  }

  private static int run(Map<String, String> options) throws Exception {
    int runs = Integer.parseInt(options.getOrDefault("runs", "1"));
    String given = options.getOrDefault("seed", "");
    long seed = given.isEmpty() ? System.nanoTime() % 1_000_000 : Long.parseLong(given);
    List<String> only = List.of(options.getOrDefault("only", "").split(","));
    List<Scenario> chosen =
        AllScenarios.LIST.stream()
            .filter(scenario -> only.equals(List.of("")) || only.contains(scenario.name()))
            .toList();
    List<String> flags = List.of(options.getOrDefault("flags", "").strip().split("\\s+"));
    Launch launch =
        Launch.plain(
            Path.of(options.getOrDefault("jar", "api/target/tidegate.jar")),
            flags.equals(List.of("")) ? List.of() : flags);
    Path work = Path.of(options.getOrDefault("work", "scenarios/target/world"));
    List<Sdk> sdks =
        Stream.of(options.getOrDefault("sdks", "java,js").split(",")).map(Sdk::named).toList();
    return play(work.resolve(Long.toString(seed)), launch, sdks, chosen, runs, seed).stream()
            .allMatch(Row::good)
        ? 0
        : 1;
  }

  /** Plays them on one cluster, each run with the next seed, and prints what came of each. */
  static List<Row> play(
      Path work, Launch launch, List<Sdk> sdks, List<Scenario> chosen, int runs, long seed)
      throws Exception {
    List<Row> rows = new ArrayList<>();
    try (World world = World.start(work, launch, sdks)) {
      List<Tenant> tenants = world.tenants(runs);
      for (int i = 0; i < runs; i++) {
        System.out.println("run " + (i + 1) + " of " + runs + ", SEED=" + (seed + i));
        try (Tenant tenant = tenants.get(i)) {
          rows.addAll(new Run(world, tenant, seed + i).of(chosen));
        }
      }
    }
    long broken = rows.stream().filter(row -> !row.good()).count();
    System.out.println(rows.size() + " scenarios played, " + broken + " with broken promises");
    return rows;
  }
}
