package io.tidegate.e2e.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.Frames;
import io.tidegate.e2e.rest.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What publishers, subscribers and history say, held against each other: one (epoch, seq) is one
 * message for everyone; what was acknowledged is kept once, what was refused never, what is unknown
 * at most once; seqs have no holes. Any thread.
 */
public final class Observations {
  private final Map<Place, Sighting> sightings = new ConcurrentHashMap<>();
  private final Map<String, Ledger> ledgers = new ConcurrentHashMap<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  private record Place(String channel, String epoch, long seq) {}

  private record Sighting(String who, String fingerprint) {}

  /** Another observer; its frames go into what is returned. */
  public Watch watch(String who) {
    return new Watch(who, this);
  }

  /** Another one, who sees everything that the frames hold and will get. */
  public Watch watch(String who, Frames frames) {
    Watch watch = watch(who);
    frames.follow(watch);
    return watch;
  }

  /** What became of the publishes to a channel. */
  public Ledger ledger(String channel) {
    return ledgers.computeIfAbsent(channel, name -> new Ledger());
  }

  /** Holds a channel's whole history, oldest first, against everything else. */
  public void history(String channel, List<History.Kept> kept) {
    Map<String, Integer> times = new HashMap<>();
    long before = 0;
    for (History.Kept one : kept) {
      if (one.seq() != before + 1) {
        fault("history of " + channel + " has " + one.seq() + " after " + before);
      }
      before = one.seq();
      times.merge(one.id(), 1, Integer::sum);
    }
    Map<String, History.Kept> byId = new HashMap<>();
    kept.forEach(one -> byId.put(one.id(), one));
    Ledger ledger = ledgers.get(channel);
    if (ledger != null) {
      ledger.check(times, byId).forEach(fault -> fault(channel + ": " + fault));
    }
    positions(channel, kept);
    requireSeen(channel, kept);
  }

  /**
   * Holds only its positions against everything else, where acknowledged messages may be missing: a
   * copy of the database was put back.
   */
  public void positions(String channel, List<History.Kept> kept) {
    kept.forEach(one -> saw("history", channel, one.epoch(), one.seq(), one.message()));
  }

  /** What subscribers were given is kept: nothing that was delivered disappears. */
  private void requireSeen(String channel, List<History.Kept> kept) {
    Set<Place> places = new HashSet<>();
    kept.forEach(one -> places.add(new Place(channel, one.epoch(), one.seq())));
    sightings.forEach(
        (place, sighting) -> {
          if (place.channel().equals(channel) && !places.contains(place)) {
            fault(sighting.who() + " saw " + place + ", which history does not have");
          }
        });
  }

  void saw(String who, String channel, String epoch, long seq, JsonNode message) {
    Place place = new Place(channel, epoch, seq);
    Sighting now = new Sighting(who, Fingerprint.of(message));
    Sighting first = sightings.putIfAbsent(place, now);
    if (first != null && !first.fingerprint().equals(now.fingerprint())) {
      fault("at " + place + " " + first + " but " + now);
    }
  }

  void fault(String what) {
    faults.add(what);
  }

  /** Everything that cannot be; empty when all is well. */
  public List<String> faults() {
    return new ArrayList<>(faults);
  }
}
