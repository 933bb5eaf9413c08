package io.tidegate.faults;

import io.tidegate.faults.check.Checker;
import io.tidegate.faults.fault.Fault;
import io.tidegate.faults.history.Event;
import io.tidegate.faults.history.Journal;
import io.tidegate.faults.load.Load;
import io.tidegate.faults.load.Tenant;
import io.tidegate.faults.world.Cluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * One fault on a running cluster: load, the fault at a moment of the seed's, the load goes on, all
 * comes to rest, and what the clients recorded is judged.
 */
public final class Run {
  /** Ample for a busy machine; what an untroubled one needs is in the report. */
  private static final long CALM_MILLIS = 90_000;

  private final Cluster cluster;
  private final Fault fault;
  private final long seed;
  private final Plan plan;
  private final Path file;

  private final List<Tenant> tenants;

  private Run(Cluster cluster, List<Tenant> tenants, Fault fault, long seed, Plan plan, Path file) {
    this.cluster = cluster;
    this.tenants = tenants;
    this.fault = fault;
    this.seed = seed;
    this.plan = plan;
    this.file = file;
  }

  /**
   * What came of it.
   *
   * @param calmMillis from the moment when all was whole again until every publisher is answered
   *     and every subscriber has come to where its channels were then; negative: never
   * @param history the file of the clients' records
   */
  public record Outcome(
      Fault fault, long seed, Checker.Verdict verdict, long calmMillis, Path history) {}

  /** Carries one out, on a cluster that is well. */
  public static Outcome of(
      Cluster cluster, List<Tenant> tenants, Fault fault, long seed, Plan plan, Path file)
      throws Exception {
    return new Run(cluster, tenants, fault, seed, plan, file).run();
  }

  private Outcome run() throws Exception {
    Random random = new Random(seed);
    long calm;
    try (Journal journal = new Journal(file);
        Load load = new Load(tenants, cluster.nodes(), journal, random, fault.everywhere())) {
      load.start();
      phase(journal, "load", fault.name() + " seed " + seed);
      Thread.sleep(plan.warmSeconds() * 1000L + random.nextInt(2_000));
      phase(journal, "fault", fault.what());
      fault.blow().strike(cluster, random, plan.time());
      phase(journal, "healed", "");
      calm = calm(load, journal);
      Thread.sleep(2_000);
      load.settle();
      long settled = System.nanoTime();
      while (load.published() < plan.publishes()) {
        Thread.sleep(20);
      }
      load.finishPublishing();
      long left = plan.settleSeconds() * 1000L - (System.nanoTime() - settled) / 1_000_000;
      Thread.sleep(Math.max(0, left));
      rest(load, journal);
      load.takeStock(journal);
      phase(journal, "end", "");
    }
    Checker.Verdict verdict = Checker.check(Journal.read(file), fault.allowed());
    return new Outcome(fault, seed, verdict, calm, file);
  }

  private long calm(Load load, Journal journal) throws InterruptedException {
    long begin = journal.now();
    while (journal.now() - begin < CALM_MILLIS) {
      if (load.awaitAcknowledgements(CALM_MILLIS - (journal.now() - begin))
          && load.catchUp(CALM_MILLIS - (journal.now() - begin))) {
        long took = journal.now() - begin;
        phase(journal, "calm", took + " ms");
        return took;
      }
    }
    phase(journal, "not-calm", "publishers or subscribers do not go on within " + CALM_MILLIS);
    return -1;
  }

  private static void rest(Load load, Journal journal) throws InterruptedException {
    List<String> unrest = load.unrest();
    for (long end = journal.now() + CALM_MILLIS; !unrest.isEmpty() && journal.now() < end; ) {
      Thread.sleep(200);
      unrest = load.unrest();
    }
    if (!unrest.isEmpty()) {
      phase(journal, "not-calm", unrest.toString());
    }
  }

  private static void phase(Journal journal, String name, String what) {
    journal.add(new Event.Phase(journal.now(), name, what));
  }
}
