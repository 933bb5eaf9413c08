package io.tidegate.e2e.check;

import io.tidegate.e2e.rest.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What publishers know of their publishes to one channel, each with an id of its own. */
public final class Ledger {
  private final Map<String, Ack> acked = new ConcurrentHashMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();

  /** Times are {@code nanoTime}, around the attempt that was acknowledged first. */
  private record Ack(String data, String epoch, long seq, long asked, long answered) {}

  /**
   * It was accepted at this position; an attempt before may have been unknown.
   *
   * @param data as JSON text
   */
  public void acked(String id, String data, String epoch, long seq, long asked, long answered) {
    unknown.remove(id);
    acked.put(id, new Ack(data, epoch, seq, asked, answered));
  }

  public void refused(String id) {
    refused.add(id);
  }

  public void unknown(String id) {
    unknown.add(id);
  }

  public int acks() {
    return acked.size();
  }

  public int unknowns() {
    return unknown.size();
  }

  public int refusals() {
    return refused.size();
  }

  List<String> check(Map<String, Integer> times, Map<String, History.Kept> kept) {
    List<String> faults = new ArrayList<>();
    acked.forEach(
        (id, ack) -> {
          History.Kept found = kept.get(id);
          if (found == null) {
            faults.add("acknowledged " + id + " is lost");
          } else if (found.seq() != ack.seq || !found.epoch().equals(ack.epoch)) {
            faults.add(id + " was acknowledged as " + ack + " but is " + found);
          } else if (!found.data().toString().equals(ack.data)) {
            faults.add(id + " holds " + found.data() + ", sent was " + ack.data);
          }
        });
    Set<String> known = new HashSet<>(acked.keySet());
    known.addAll(unknown);
    times.forEach(
        (id, count) -> {
          if (refused.contains(id)) {
            faults.add("refused " + id + " is kept");
          } else if (!known.contains(id)) {
            faults.add(id + " was never published");
          }
          if (count > 1) {
            faults.add(id + " is kept " + count + " times");
          }
        });
    faults.addAll(outOfOrder());
    return faults;
  }

  /** What was acknowledged before another was asked for has the smaller seq. */
  private List<String> outOfOrder() {
    List<String> faults = new ArrayList<>();
    PriorityQueue<Ack> answered = new PriorityQueue<>(Comparator.comparingLong(Ack::answered));
    answered.addAll(acked.values());
    long highest = 0;
    List<Ack> asked = new ArrayList<>(acked.values());
    asked.sort(Comparator.comparingLong(Ack::asked));
    for (Ack ack : asked) {
      while (!answered.isEmpty() && answered.peek().answered < ack.asked) {
        highest = Math.max(highest, answered.remove().seq);
      }
      if (ack.seq <= highest) {
        faults.add(ack + " came after seq " + highest + " was acknowledged");
      }
    }
    return faults;
  }
}
