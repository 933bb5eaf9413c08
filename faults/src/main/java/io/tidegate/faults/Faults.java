package io.tidegate.faults;

import io.tidegate.bench.CommandLine;
import io.tidegate.faults.fault.AllFaults;
import io.tidegate.faults.fault.Fault;
import io.tidegate.faults.load.Tenant;
import io.tidegate.faults.world.Cluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The command line. Ends with 0 when no promise was broken, 1 when one was, 2 on misuse. */
public final class Faults {
  private static final String FLAGS =
      "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
          + " -XX:+UseCompactObjectHeaders";

  private final Map<String, String> options;
  private final Path work;
  private final long seed;
  private final int runs;

  private Faults(Map<String, String> options) {
    this.options = options;
    this.work = Path.of(option("work", "faults/target/runs"));
    this.seed = Long.parseLong(option("seed", Long.toString(System.nanoTime() & 0xffffff)));
    this.runs = Integer.parseInt(option("runs", "3"));
  }

  /** Runs what the arguments say. */
  public static void main(String[] arguments) {
    int code;
    try {
      code = new Faults(CommandLine.options(Arrays.asList(arguments))).run();
    } catch (IllegalArgumentException e) {
      System.err.println("faults: " + e.getMessage());
      code = 2;
    } catch (Exception e) {
      e.printStackTrace();
      code = 2;
    }
    System.exit(code);
  }

  private int run() throws Exception {
    List<Run.Outcome> outcomes = new ArrayList<>();
    for (Fault fault : wanted()) {
      Path folder = work.resolve(fault.name());
      Launch launch = Launch.plain(jar(), flags());
      try (Cluster cluster = Cluster.start(fresh(folder), launch.command(), launch.environment())) {
        List<List<Tenant>> tenants = Tenants.make(cluster, runs);
        for (int i = 1; i <= runs; i++) {
          Path file = folder.resolve("history-" + i + ".jsonl");
          System.err.println(fault.name() + ", run " + i + ", seed " + (seed + i));
          Run.Outcome outcome = Run.of(cluster, tenants.get(i - 1), fault, seed + i, plan(), file);
          System.err.println(FaultsReport.line(outcome));
          outcome.verdict().violations().kept().forEach(System.err::println);
          outcomes.add(outcome);
        }
      }
    }
    String out = option("out", "");
    if (!out.isEmpty()) {
      FaultsReport.write(outcomes, seed, Path.of(out));
    }
    return outcomes.stream().allMatch(one -> one.verdict().violations().isEmpty()) ? 0 : 1;
  }

  private List<Fault> wanted() {
    String names = option("faults", "");
    if (names.isEmpty()) {
      return AllFaults.all();
    }
    return Arrays.stream(names.split(",", -1)).map(AllFaults::named).toList();
  }

  private Plan plan() {
    int publishes = Integer.parseInt(option("publishes", Integer.toString(Plan.WHOLE.publishes())));
    return new Plan(
        publishes, Plan.WHOLE.warmSeconds(), Plan.WHOLE.settleSeconds(), Plan.WHOLE.time());
  }

  private Path jar() {
    return Path.of(option("jar", "api/target/tidegate.jar"));
  }

  private List<String> flags() {
    return Arrays.asList(option("flags", FLAGS).strip().split("\\s+", -1));
  }

  /** Data of an earlier campaign is another cluster's. */
  private static Path fresh(Path folder) throws java.io.IOException {
    return Folders.emptied(folder);
  }

  private String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }
}
