package io.tidegate.hub;

import io.tidegate.channel.Epoch;
import io.tidegate.channel.Message;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Messages of one feed that came before their predecessors, or before the feed knew its epoch.
 * Bounded: more are dropped, and read from the store with the hole they leave.
 */
final class Holes {
  private static final int MAX_MESSAGES = 1_000;
  private static final int MAX_BYTES = 1 << 20;

  private final TreeMap<Long, Held> held = new TreeMap<>();
  private int bytes;

  private record Held(Epoch epoch, Message message) {}

  boolean isEmpty() {
    return held.isEmpty();
  }

  void hold(Epoch epoch, List<Message> messages) {
    for (Message message : messages) {
      if (held.size() >= MAX_MESSAGES || bytes >= MAX_BYTES) {
        return;
      }
      if (held.putIfAbsent(message.seq(), new Held(epoch, message)) == null) {
        bytes += message.weight();
      }
    }
  }

  /** Takes out the run of this epoch that follows {@code last}; forgets what is older. */
  List<Message> take(Epoch epoch, long last) {
    List<Message> run = new ArrayList<>();
    long next = last + 1;
    Iterator<Map.Entry<Long, Held>> ascending = held.entrySet().iterator();
    while (ascending.hasNext()) {
      Map.Entry<Long, Held> entry = ascending.next();
      Held one = entry.getValue();
      boolean old = entry.getKey() < next;
      if (!old && (entry.getKey() != next || !one.epoch.equals(epoch))) {
        break;
      }
      if (!old) {
        run.add(one.message);
        next++;
      }
      ascending.remove();
      bytes -= one.message.weight();
    }
    return run;
  }

  /** Forgets messages of other epochs: the store has said which one is current. */
  void keepOnly(Epoch epoch) {
    held.values().removeIf(one -> !one.epoch.equals(epoch));
    bytes = held.values().stream().mapToInt(one -> one.message.weight()).sum();
  }

  /** The oldest seq held of this epoch; {@link Long#MIN_VALUE} when there is none. */
  long firstSeq(Epoch epoch) {
    for (Map.Entry<Long, Held> entry : held.entrySet()) {
      if (entry.getValue().epoch.equals(epoch)) {
        return entry.getKey();
      }
    }
    return Long.MIN_VALUE;
  }
}
