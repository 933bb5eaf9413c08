package io.tidegate.faults;

import io.tidegate.faults.bugs.Bug;
import io.tidegate.faults.fault.AllFaults;
import io.tidegate.faults.load.Tenant;
import io.tidegate.faults.world.Cluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether the checker notices gateways that have a bug. */
public final class Teeth {
  private static final int RUNS = 3;

  /** Enough for what happens all the time. */
  private static final int FEW = 4_000;

  private Teeth() {}

  /**
   * What was found of one.
   *
   * @param runs that it took; all of them, if it was not found
   * @param last the one that found it
   */
  public record Bite(Bug bug, boolean found, int runs, Run.Outcome last) {}

  /** Plants it, and looks for it in at most three runs. */
  public static Bite bite(Bug bug, Path jar, Path bugs, List<String> flags, Path work, long seed)
      throws Exception {
    Path folder = Folders.emptied(work.resolve(name(bug)));
    Launch launch = Launch.with(bug.name(), jar, bugs, flags);
    try (Cluster cluster = Cluster.start(folder, launch.command(), launch.environment())) {
      List<List<Tenant>> tenants = Tenants.make(cluster, RUNS);
      for (int run = 1; ; run++) {
        Path file = folder.resolve("history-" + run + ".jsonl");
        Run.Outcome outcome =
            Run.of(
                cluster,
                tenants.get(run - 1),
                AllFaults.named(bug.fault()),
                seed + run,
                plan(bug),
                file);
        boolean found = !outcome.verdict().violations().isEmpty();
        if (found || run == RUNS) {
          return new Bite(bug, found, run, outcome);
        }
      }
    }
  }

  /** All that can be planted, or those named. */
  public static List<Bug> wanted(Optional<String> names) {
    if (names.isPresent()) {
      return Arrays.stream(names.get().split(",", -1))
          .map(name -> Bug.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
          .toList();
    }
    List<Bug> all = new ArrayList<>(List.of(Bug.values()));
    all.remove(Bug.NONE);
    return all;
  }

  /** As on the command line. */
  public static String name(Bug bug) {
    return bug.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Plan plan(Bug bug) {
    Plan whole = Plan.WHOLE;
    int publishes = bug == Bug.DROPS_SOME ? whole.publishes() : FEW;
    return new Plan(publishes, whole.warmSeconds(), whole.settleSeconds(), whole.time());
  }
}
