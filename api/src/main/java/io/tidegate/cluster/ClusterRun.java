package io.tidegate.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster in the foreground: until Ctrl-C or SIGTERM, or until no node is left. Says loudly when
 * something dies, and does not start it again: that is for whoever watches to see.
 */
public final class ClusterRun {
  private static final long LOOK_MILLIS = 200;

  private final Plan plan;
  private final LocalCluster cluster;
  private final PrintStream out;
  private final Set<Long> dead = new HashSet<>();

  /** Whether it ends because something is wrong. */
  private volatile boolean failed;

  private ClusterRun(Plan plan, LocalCluster cluster, PrintStream out) {
    this.plan = plan;
    this.cluster = cluster;
    this.out = out;
  }

  /**
   * Returns when it ended without being told to: the process is to exit then, which stops what is
   * left.
   *
   * @param words what stands behind {@code cluster}
   * @throws ClusterException with one line that says what to do
   */
  public static void run(List<String> words, Map<String, String> environment, PrintStream out) {
    Plan plan = Plan.read(words, environment);
    try {
      ClusterFolder folder = ClusterFolder.open(plan.settings().data().resolve("cluster"));
      LocalCluster cluster = new LocalCluster(plan, folder, out);
      new ClusterRun(plan, cluster, out).go();
    } catch (IOException e) {
      throw new ClusterException("the cluster cannot be started: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void go() throws IOException, InterruptedException {
    Parent parent = new Parent();
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "shutdown"));
    try {
      cluster.start();
      announce();
      long postgres = cluster.postgresPid();
      while (cluster.nodes().stream().anyMatch(Child::isAlive)) {
        Thread.sleep(LOOK_MILLIS);
        cluster.nodes().forEach(this::look);
        Optional.ofNullable(cluster.redis()).ifPresent(this::look);
        if (postgres != cluster.postgresPid()) {
          postgres = cluster.postgresPid();
          cluster.describe();
        }
        if (plan.withParent() && parent.isOver()) {
          out.println("whoever started it has gone, or was told to stop: stopping");
          return;
        }
      }
    } catch (RuntimeException | IOException e) {
      awaitEndIfTold();
      failed = true;
      throw e;
    }
    awaitEndIfTold();
    failed = true;
    throw new ClusterException("no node is left");
  }

  /**
   * Told to stop, what fails meanwhile is of no interest: the process exits without this thread.
   */
  private void awaitEndIfTold() throws InterruptedException {
    if (cluster.hasEnded()) {
      Thread.currentThread().join();
    }
  }

  private void announce() {
    List<Child> nodes = cluster.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      out.println("  " + cluster.url(i) + "  (pid " + nodes.get(i).pid() + ")");
    }
    out.println(
        nodes.size()
            + " nodes are ready. Addresses, process ids and the operator token are in "
            + plan.settings().data().resolve("cluster.json")
            + "; Ctrl-C stops all.");
  }

  private void look(Child child) {
    if (!child.isAlive() && !cluster.hasEnded() && dead.add(child.pid())) {
      out.println(
          "*** %s (pid %d) HAS DIED, exit code %d; it is not started again. Its log, %s, ends:\n%s"
              .formatted(
                  child.name(),
                  child.pid(),
                  child.process().exitValue(),
                  child.log(),
                  child.lastWords()));
    }
  }

  /** The process's exit code is 0 when it was told to stop and did. */
  private void end() {
    out.println("stopping: nodes drain first");
    boolean stopped = false;
    try {
      cluster.end();
      out.println("stopped");
      stopped = true;
    } catch (IOException | InterruptedException | RuntimeException e) {
      out.println("not everything stopped: " + e);
    }
    out.flush();
    if (stopped && !failed) {
      Runtime.getRuntime().halt(0);
    }
  }
}
