package io.tidegate.faults;

import io.tidegate.faults.fault.Fault;
import io.tidegate.faults.fault.Fault.Begins;
import io.tidegate.faults.world.Cluster;
import io.tidegate.faults.world.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Every fault that is wanted, some runs each; what has its row already is left out. */
final class Campaign {
  private final List<Fault> faults;
  private final int runs;
  private final long seed;
  private final Plan plan;
  private final Path work;
  private final Optional<Launch> before;
  private final Rows rows;
  private final Report report;

  /** Told of each row. */
  @FunctionalInterface
  interface Report {
    void add(Row row) throws Exception;
  }

  Campaign(
      List<Fault> faults,
      int runs,
      long seed,
      Plan plan,
      Path work,
      Optional<Launch> before,
      Rows rows,
      Report report) {
    this.faults = faults;
    this.runs = runs;
    this.seed = seed;
    this.plan = plan;
    this.work = work;
    this.before = before;
    this.rows = rows;
    this.report = report;
  }

  void run(Launch now) throws Exception {
    int ahead = faults.size() * runs;
    try (Stand stand = new Stand(work.resolve("cluster"), now, before, ahead)) {
      for (Fault fault : faults) {
        for (int i = 1; i <= runs; i++) {
          if (!rows.has(Row.key(fault.name(), seed + i))) {
            run(stand, fault, i);
          }
        }
      }
    }
  }

  private void run(Stand stand, Fault fault, int number) throws Exception {
    if (fault.begins() == Begins.BEFORE && before.isEmpty()) {
      String why = "there is no jar of the version before (OLD_JAR, scripts/previous-jar.sh)";
      System.err.println("SKIPPED: " + fault.name() + ": " + why);
      report.add(new Row.NotRun(Row.key(fault.name(), seed + number), why, true));
      return;
    }
    System.err.println(fault.name() + ", run " + number + ", seed " + (seed + number));
    try {
      Run.Outcome outcome = run(stand, fault, seed + number);
      Row.OfFault row = Row.OfFault.of(outcome);
      report.add(row);
      if (row.isGood()) {
        Files.deleteIfExists(outcome.history());
      } else {
        // What is wrong with it is not to be found again in the next one.
        keepLogs(stand, fault, number);
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      e.printStackTrace();
      report.add(Row.NotRun.of(fault, seed + number, e));
      keepLogs(stand, fault, number);
    }
  }

  private Run.Outcome run(Stand stand, Fault fault, long seedOfRun) throws Exception {
    Cluster cluster = stand.cluster(fault.begins());
    Path file = folder(fault).resolve("history-" + (seedOfRun - seed) + ".jsonl");
    return Run.of(cluster, stand.customers(fault.begins()), fault, seedOfRun, plan, file);
  }

  private void keepLogs(Stand stand, Fault fault, int number) throws IOException {
    stand.close();
    Path to = Folders.emptied(folder(fault).resolve("cluster-" + number));
    Files.deleteIfExists(to);
    Files.move(work.resolve("cluster"), to);
  }

  private Path folder(Fault fault) {
    return work.resolve(fault.name());
  }
}
