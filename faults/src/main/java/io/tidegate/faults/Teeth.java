package io.tidegate.faults;

import io.tidegate.faults.bugs.Bug;
import io.tidegate.faults.check.Violation.Kind;
import io.tidegate.faults.fault.AllFaults;
import io.tidegate.faults.fault.Fault;
import io.tidegate.faults.world.Launch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether the checker notices gateways that have a bug. */
public final class Teeth {
  private static final int RUNS = 3;

  /** Enough for what happens all the time. */
  private static final int FEW = 4_000;

  private Teeth() {}

  /** Plants it, and looks for it in at most three runs. */
  public static Row.OfBug bite(
      Bug bug, Path jar, Path bugs, List<String> flags, Path work, long seed) throws Exception {
    long begun = System.nanoTime();
    Path folder = Folders.emptied(work.resolve(name(bug)));
    Fault fault = AllFaults.named(bug.fault());
    Launch launch = Launch.with(bug.name(), jar, bugs, flags);
    try (Stand stand = new Stand(folder.resolve("cluster"), launch, Optional.empty(), RUNS)) {
      for (int run = 1; ; run++) {
        Run.Outcome outcome =
            Run.of(
                stand.cluster(fault.begins()),
                stand.customers(fault.begins()),
                fault,
                seed + run,
                plan(bug),
                folder.resolve("history-" + run + ".jsonl"));
        outcome.verdict().violations().kept().forEach(System.err::println);
        Map<Kind, Integer> found = outcome.verdict().violations().counts();
        if (!found.isEmpty() || run == RUNS) {
          long took = (System.nanoTime() - begun) / 1_000_000;
          return new Row.OfBug(name(bug), fault.name(), !found.isEmpty(), run, took, found);
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
    return bug == Bug.DROPS_SOME ? Plan.WHOLE : Plan.WHOLE.publishing(FEW);
  }
}
