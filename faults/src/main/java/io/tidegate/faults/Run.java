package io.tidegate.faults;

import io.tidegate.faults.check.Checker;
import io.tidegate.faults.fault.Fault;
import io.tidegate.faults.fault.Stage;
import io.tidegate.faults.history.Event;
import io.tidegate.faults.history.Journal;
import io.tidegate.faults.load.Customers;
import io.tidegate.faults.load.Load;
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

  /** Longer than a member that has just broken off is held for, so nothing changes after it. */
  private static final long HELD_MILLIS = 18_000;

  private final Cluster cluster;
  private final Customers customers;
  private final Fault fault;
  private final long seed;
  private final Plan plan;
  private final Path file;

  private Run(Cluster cluster, Customers customers, Fault fault, long seed, Plan plan, Path file) {
    this.cluster = cluster;
    this.customers = customers;
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
   * @param tookMillis all of it
   * @param history the file of the clients' records
   */
  public record Outcome(
      Fault fault,
      long seed,
      Checker.Verdict verdict,
      long calmMillis,
      long tookMillis,
      Path history) {}

  /** Carries one out, on a cluster that is well. */
  public static Outcome of(
      Cluster cluster, Customers customers, Fault fault, long seed, Plan plan, Path file)
      throws Exception {
    return new Run(cluster, customers, fault, seed, plan, file).run();
  }

  private Outcome run() throws Exception {
    long begun = System.nanoTime();
    Random random = new Random(seed);
    long calm;
    try (Journal journal = new Journal(file);
        Load load = new Load(customers, cluster.nodes(), journal, random, fault.everywhere())) {
      load.start();
      phase(journal, "load", fault.name() + " seed " + seed);
      Thread.sleep(plan.warmSeconds() * 1000L + random.nextInt(2_000));
      phase(journal, "fault", fault.what());
      fault.blow().strike(stage(journal, random));
      phase(journal, "healed", "");
      calm = calm(load, journal);
      Thread.sleep(2_000);
      load.settle();
      phase(journal, "settled", "");
      long settled = journal.now();
      while (load.published() < plan.publishes()) {
        Thread.sleep(20);
      }
      phase(journal, "enough", load.published() + " messages");
      load.finishPublishing();
      agree(load, journal, settled);
      load.finishMetered();
      rest(load, journal);
      phase(journal, "stock", "");
      load.takeStock();
      phase(journal, "end", "");
    }
    Checker.Verdict verdict = Checker.check(Journal.read(file), fault.allowed(), plan.tolerance());
    long took = (System.nanoTime() - begun) / 1_000_000;
    return new Outcome(fault, seed, verdict, calm, took, file);
  }

  private Stage stage(Journal journal, Random random) {
    return new Stage(
        cluster,
        random,
        plan.time(),
        node -> phase(journal, "apart", Integer.toString(node.number())));
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

  /** Until nobody is held any more, then until all agree, or should have: that is judged. */
  private void agree(Load load, Journal journal, long settled) throws InterruptedException {
    Thread.sleep(Math.max(0, settled + HELD_MILLIS - journal.now()));
    while (!load.agreesOnMembers() && journal.now() < settled + plan.agreeSeconds() * 1_000L) {
      Thread.sleep(200);
    }
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
