package io.tidegate.faults;

import io.tidegate.bench.CommandLine;
import io.tidegate.bench.Revision;
import io.tidegate.faults.bugs.Bug;
import io.tidegate.faults.fault.AllFaults;
import io.tidegate.faults.fault.Fault;
import io.tidegate.faults.world.Launch;
import java.io.IOException;
import java.nio.file.Files;
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
  private final int runs;
  private final Rows rows;

  private Faults(Map<String, String> options) throws IOException, InterruptedException {
    this.options = options;
    this.work = Path.of(option("work", "faults/target/runs"));
    this.runs = Integer.parseInt(option("runs", "3"));
    Path file = work.resolve("rows.jsonl");
    this.rows =
        option("resume", NO).equals(NO)
            ? Rows.begin(file, title())
            : Rows.resume(file, Revision.here());
  }

  private Rows.Title title() throws InterruptedException {
    String seed = option("seed", Long.toString(System.nanoTime() & 0xffffff));
    String publishes = option("publishes", Integer.toString(Plan.WHOLE.publishes()));
    return new Rows.Title(Revision.here(), Long.parseLong(seed), Integer.parseInt(publishes));
  }

  private long seed() {
    return rows.title().seed();
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
    Plan plan = Plan.WHOLE.publishing(rows.title().publishes());
    Optional<Launch> before = before();
    Launch now = Launch.plain(jar(), flags());
    Campaign campaign = new Campaign(seed(), plan, work, before.isPresent(), this::add);
    List<Lanes.Task> tasks = new ArrayList<>();
    for (Fault fault : wanted()) {
      for (int i = 1; i <= runs; i++) {
        int number = i;
        if (!rows.has(Row.key(fault.name(), seed() + i))) {
          tasks.add(stand -> campaign.run(stand, fault, number));
        }
      }
    }
    int lanes = Integer.parseInt(option("lanes", "2"));
    int ahead = tasks.size() / lanes + 2;
    if (!option("bugs", NO).equals(NO)) {
      teeth(tasks);
    }
    Lanes.run(tasks, lanes, lane -> new Stand(work.resolve("cluster-" + lane), now, before, ahead));
    report();
    return rows.all().stream().allMatch(Row::isGood) ? 0 : 1;
  }

  private void teeth(List<Lanes.Task> tasks) {
    Optional<String> names = Optional.of(option("bugs", ALL)).filter(text -> !text.equals(ALL));
    Path bugs = Path.of(option("bugs-jar", "faults/target/tidegate-faults.jar"));
    for (Bug bug : Teeth.wanted(names)) {
      if (!rows.has(Row.key(bug))) {
        tasks.add(
            stand -> {
              stand.close();
              System.err.println("planted: " + Teeth.name(bug));
              add(Teeth.bite(bug, jar(), bugs, flags(), work, seed()));
            });
      }
    }
  }

  /** What is broken off after this has it. */
  private synchronized void add(Row row) throws Exception {
    rows.add(row);
    System.err.println(FaultsReport.line(row));
    if (row instanceof Row.OfFault of) {
      of.first().forEach(System.err::println);
    }
    report();
  }

  private void report() throws Exception {
    String out = option("out", "");
    if (!out.isEmpty()) {
      FaultsReport.write(rows, option("said", ""), Path.of(out));
    }
  }

  private List<Fault> wanted() {
    String names = option("faults", "");
    if (names.equals(NO)) {
      return List.of();
    }
    if (names.isEmpty()) {
      return AllFaults.all();
    }
    return Arrays.stream(names.split(",", -1)).map(AllFaults::named).toList();
  }

  private Optional<Launch> before() {
    Path old = Path.of(option("old-jar", ""));
    return Files.isRegularFile(old) ? Optional.of(Launch.plain(old, flags())) : Optional.empty();
  }

  private Path jar() {
    return Path.of(option("jar", "api/target/tidegate.jar"));
  }

  private List<String> flags() {
    return Arrays.asList(option("flags", FLAGS).strip().split("\\s+", -1));
  }

  private String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }
}
