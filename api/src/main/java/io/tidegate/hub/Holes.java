package io.tidegate.hub;

import io.tidegate.channel.Epoch;
import io.tidegate.channel.Message;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Messages of one feed that came before their predecessors, or before the feed knew their epoch.
 * Bounded: more are dropped, and read from the store.
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

  /** False when some were dropped. */
  boolean hold(Epoch epoch, List<Message> messages) {
    for (Message message : messages) {
      if (held.size() >= MAX_MESSAGES || bytes >= MAX_BYTES) {
        return false;
      }
      Held there = held.putIfAbsent(message.seq(), new Held(epoch, message));
      if (there == null) {
        bytes += message.weight();
      } else if (!there.epoch.equals(epoch)) {
        return false;
      }
    }
    return true;
  }

  /** Takes out the run of this epoch that follows {@code last}; forgets what is older. */
  List<Message> take(Epoch epoch, long last) {
    List<Message> run = new ArrayList<>();
    long next = last + 1;
    Iterator<Held> ascending = held.values().iterator();
    while (ascending.hasNext()) {
      Held one = ascending.next();
      if (!one.epoch.equals(epoch)) {
        continue;
      }
      if (one.message.seq() > next) {
        break;
      }
      if (one.message.seq() == next) {
        run.add(one.message);
        next++;
      }
      ascending.remove();
      bytes -= one.message.weight();
    }
    return run;
  }

  /** Whether a seq up to this one is held of another epoch. */
  boolean hasOther(Epoch epoch, long seq) {
    for (Held one : held.headMap(seq, true).values()) {
      if (!one.epoch.equals(epoch)) {
        return true;
      }
    }
    return false;
  }

  void forget(Epoch epoch) {
    keepIf(one -> !one.epoch.equals(epoch));
  }

  /** Forgets messages of other epochs: the store has said which one is current. */
  void keepOnly(Epoch epoch) {
    keepIf(one -> one.epoch.equals(epoch));
  }

  private void keepIf(java.util.function.Predicate<Held> kept) {
    held.values().removeIf(kept.negate());
    bytes = held.values().stream().mapToInt(one -> one.message.weight()).sum();
  }

  /** The oldest seq held of this epoch; {@link Long#MAX_VALUE} when there is none. */
  long firstSeq(Epoch epoch) {
    for (Map.Entry<Long, Held> entry : held.entrySet()) {
      if (entry.getValue().epoch.equals(epoch)) {
        return entry.getKey();
      }
    }
    return Long.MAX_VALUE;
  }
}
