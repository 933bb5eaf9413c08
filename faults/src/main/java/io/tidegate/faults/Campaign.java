package io.tidegate.faults;

import io.tidegate.faults.fault.Fault;
import io.tidegate.faults.fault.Fault.Begins;
import io.tidegate.faults.world.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The runs of a campaign with faults, a lane's one after the other; each comes to a row. */
final class Campaign {
  private final long seed;
  private final Plan plan;
  private final Path work;
  private final boolean hasBefore;
  private final Report report;

  /** Told of each row. Any thread. */
  @FunctionalInterface
  interface Report {
    void add(Row row) throws Exception;
  }

  /**
   * @param hasBefore whether there is a version before this
   */
  Campaign(long seed, Plan plan, Path work, boolean hasBefore, Report report) {
    this.seed = seed;
    this.plan = plan;
    this.work = work;
    this.hasBefore = hasBefore;
    this.report = report;
  }

  /** Carries out one, or says why not. */
  void run(Stand stand, Fault fault, int number) throws Exception {
    if (fault.begins() == Begins.BEFORE && !hasBefore) {
      String why = "there is no jar of the version before (OLD_JAR, scripts/previous-jar.sh)";
      System.err.println("SKIPPED: " + fault.name() + ": " + why);
      report.add(new Row.NotRun(Row.key(fault.name(), seed + number), why, true));
      return;
    }
    System.err.println(fault.name() + ", run " + number + ", seed " + (seed + number));
    try {
      Cluster cluster = stand.cluster(fault.begins());
      Path file = folder(fault).resolve("history-" + number + ".jsonl");
      Run.Outcome outcome =
          Run.of(cluster, stand.customers(fault.begins()), fault, seed + number, plan, file);
      Row.OfFault row = Row.OfFault.of(outcome);
      report.add(row);
      if (row.isGood()) {
        Files.deleteIfExists(file);
      } else {
        // What is wrong with it is not to be found again in the next run.
        keep(stand, fault, number);
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      e.printStackTrace();
      report.add(Row.NotRun.of(fault, seed + number, e));
      keep(stand, fault, number);
    }
  }

  private void keep(Stand stand, Fault fault, int number) throws IOException {
    stand.close();
    Path to = Folders.emptied(folder(fault).resolve("cluster-" + number));
    Files.deleteIfExists(to);
    if (Files.exists(stand.folder())) {
      Files.move(stand.folder(), to);
    }
  }

  private Path folder(Fault fault) {
    return work.resolve(fault.name());
  }
}
