package io.tidegate.webhook.deliver;

import io.tidegate.webhook.Delivery;
import io.tidegate.webhook.DeliveryQueue.Run;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Calls that are made one after the other, as long as they succeed.
 *
 * @param keys of the subjects that they are about: nothing else is sent of these meanwhile
 * @param calls what each of them brings
 */
record Consignment(Set<String> keys, List<List<Delivery>> calls) {
  /** One webhook's run of a single event each: it is asked for the next ones so often. */
  static final int RUN = 16;

  /** What one call brings, unless a run alone is more: receivers have bounds, too. */
  private static final int MAX_BYTES = 512 * 1_024;

  /** An event in each call: a run is a consignment. */
  static Consignment ofSingles(Run run) {
    return new Consignment(Set.of(run.key()), run.deliveries().stream().map(List::of).toList());
  }

  /** Several events in each call: runs share one until it is full, none is torn. */
  static List<Consignment> ofBatches(List<Run> runs, int maxEvents) {
    List<Consignment> all = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    List<Delivery> call = new ArrayList<>();
    int bytes = 0;
    for (Run run : runs) {
      int more = run.deliveries().stream().mapToInt(one -> one.data().length()).sum();
      boolean full = call.size() + run.deliveries().size() > maxEvents || bytes + more > MAX_BYTES;
      if (full && !call.isEmpty()) {
        all.add(new Consignment(Set.copyOf(keys), List.of(List.copyOf(call))));
        keys.clear();
        call.clear();
        bytes = 0;
      }
      keys.add(run.key());
      call.addAll(run.deliveries());
      bytes += more;
    }
    if (!call.isEmpty()) {
      all.add(new Consignment(Set.copyOf(keys), List.of(List.copyOf(call))));
    }
    return all;
  }
}
