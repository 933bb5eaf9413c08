package io.tidegate.faults;

import io.tidegate.bench.CommandLine;
import io.tidegate.faults.bugs.Bug;
import io.tidegate.faults.fault.AllFaults;
import io.tidegate.faults.fault.Fault;
import io.tidegate.faults.load.Tenant;
import io.tidegate.faults.world.Cluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line. Ends with 0 when no promise was broken, 1 when one was, 2 on misuse. */
public final class Faults {
  private static final String FLAGS =
      "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
          + " -XX:+UseCompactObjectHeaders";

  private static final String NO = "no";
  private static final String ALL = "all";

  private final Map<String, String> options;
  private final Path work;
  private final long seed;
  private final int runs;

  private Faults(Map<String, String> options) {
    this.options = options;
    this.work = Path.of(option("work", "faults/target/runs"));
    String given = option("seed", "");
    this.seed = given.isEmpty() ? System.nanoTime() & 0xffffff : Long.parseLong(given);
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
    List<Run.Outcome> outcomes = option("faults", "").equals(NO) ? List.of() : campaign();
    List<Teeth.Bite> bites = option("bugs", NO).equals(NO) ? List.of() : teeth();
    report(outcomes, bites);
    boolean good =
        outcomes.stream().allMatch(one -> one.verdict().violations().isEmpty())
            && bites.stream().allMatch(Teeth.Bite::found);
    return good ? 0 : 1;
  }

  private void report(List<Run.Outcome> outcomes, List<Teeth.Bite> bites) throws Exception {
    String out = option("out", "");
    if (!out.isEmpty()) {
      FaultsReport.write(outcomes, bites, seed, Path.of(out));
    }
  }

  private List<Run.Outcome> campaign() throws Exception {
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
          // One that is broken off leaves what it has come to.
          report(outcomes, List.of());
        }
      }
    }
    return outcomes;
  }

  private List<Teeth.Bite> teeth() throws Exception {
    List<Teeth.Bite> bites = new ArrayList<>();
    Optional<String> names = Optional.of(option("bugs", ALL)).filter(text -> !text.equals(ALL));
    for (Bug bug : Teeth.wanted(names)) {
      System.err.println("planted: " + Teeth.name(bug));
      Path bugs = Path.of(option("bugs-jar", "faults/target/tidegate-faults.jar"));
      Teeth.Bite bite = Teeth.bite(bug, jar(), bugs, flags(), work, seed);
      System.err.println(FaultsReport.line(bite));
      bite.last().verdict().violations().kept().forEach(System.err::println);
      bites.add(bite);
    }
    return bites;
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
