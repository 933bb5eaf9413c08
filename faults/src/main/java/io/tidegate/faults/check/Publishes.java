package io.tidegate.faults.check;

import io.tidegate.faults.check.Violation.Kind;
import io.tidegate.faults.history.Event;
import io.tidegate.faults.history.Event.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was acknowledged is kept once, under the position that was told; what was refused is
 * nowhere; what is unknown is there at most once. Whoever is acknowledged before another asks has
 * the smaller seq.
 */
final class Publishes {
  private final Violations violations;
  private final Allowed allowed;
  private final Contents contents;
  private final Map<String, Unit> units = new HashMap<>();

  /** By app and id. */
  private final Map<String, Unit> byId = new HashMap<>();

  private final Map<String, Map<Place, Event.Kept>> kept = new HashMap<>();
  private final Set<String> delivered = new HashSet<>();
  private int published;
  private int acknowledged;
  private int refused;
  private int unknown;

  /** All attempts of one unit. */
  private static final class Unit {
    private final Event.Sent first;
    private final Set<Integer> open = new HashSet<>();
    private boolean unclear;
    private Event.@Nullable Answered answer;

    Unit(Event.Sent first) {
      this.first = first;
    }

    boolean isRefused() {
      return answer == null && !unclear && open.isEmpty();
    }
  }

  Publishes(Violations violations, Allowed allowed, Contents contents) {
    this.violations = violations;
    this.allowed = allowed;
    this.contents = contents;
  }

  int published() {
    return published;
  }

  int acknowledged() {
    return acknowledged;
  }

  int refused() {
    return refused;
  }

  int unknown() {
    return unknown;
  }

  void accept(Event event) {
    switch (event) {
      case Event.Sent one -> sent(one);
      case Event.Answered one -> answered(one);
      case Event.Delivered one -> delivered.add(one.app() + " " + one.id());
      case Event.Kept one -> kept(one);
      default -> {}
    }
  }

  private void sent(Event.Sent one) {
    Unit unit = units.get(one.unit());
    if (unit == null) {
      unit = new Unit(one);
      units.put(one.unit(), unit);
      for (String id : one.ids()) {
        byId.put(one.app() + " " + id, unit);
      }
    }
    unit.open.add(one.attempt());
  }

  private void answered(Event.Answered one) {
    Unit unit = units.get(one.unit());
    if (unit == null) {
      return;
    }
    unit.open.remove(one.attempt());
    unit.unclear |= one.outcome() == Outcome.UNKNOWN;
    if (one.outcome() != Outcome.ACKNOWLEDGED) {
      return;
    }
    List<String> ids = unit.first.ids();
    for (int i = 0; i < ids.size(); i++) {
      Place place = new Place(one.app(), one.channel(), String.valueOf(one.epoch()), seq(one, i));
      if (unit.answer == null) {
        contents.saw("its publisher", place, ids.get(i), null);
      }
    }
    Event.Answered before = unit.answer;
    if (before == null) {
      unit.answer = one;
    } else if (!before.seqs().equals(one.seqs()) && !allowed.jump(one.channel())) {
      violations.add(Kind.ANSWERED_OTHERWISE, one + " after " + before);
    }
  }

  private static long seq(Event.Answered one, int i) {
    return i < one.seqs().size() ? one.seqs().get(i) : -1;
  }

  private void kept(Event.Kept one) {
    Place place = new Place(one.app(), one.channel(), one.epoch(), one.seq());
    contents.saw("history of node " + one.node(), place, one.id(), one.data());
    String where = one.app() + " " + one.channel() + " " + one.node();
    kept.computeIfAbsent(where, key -> new HashMap<>()).put(place, one);
  }

  /** After the last event. */
  void finish() {
    for (Unit unit : units.values()) {
      int size = unit.first.ids().size();
      published += size;
      if (unit.answer != null) {
        acknowledged += size;
      } else if (unit.isRefused()) {
        refused += size;
        requireNowhere(unit);
      } else {
        unknown += size;
      }
    }
    kept.forEach(this::checkKept);
    delivered.forEach(this::requireKnown);
    order();
  }

  private void requireNowhere(Unit unit) {
    for (String id : unit.first.ids()) {
      if (delivered.contains(unit.first.app() + " " + id)) {
        violations.add(Kind.ABORTED_READ, id + " was refused, and delivered");
      }
    }
  }

  private void requireKnown(String id) {
    if (!byId.containsKey(id)) {
      violations.add(Kind.LEAK, id + " was delivered, and never published");
    }
  }

  private void checkKept(String where, Map<Place, Event.Kept> places) {
    Map<String, Place> byOwnId = new HashMap<>();
    List<Place> sorted = new ArrayList<>(places.keySet());
    sorted.sort(Comparator.comparingLong(Place::seq));
    long before = -1;
    for (Place place : sorted) {
      Event.Kept one = places.get(place);
      String id = one == null ? "" : one.id();
      if (byOwnId.put(id, place) != null) {
        violations.add(Kind.DUPLICATE, id + " is kept twice by " + where);
      }
      if (before >= 0 && place.seq() != before + 1) {
        violations.add(Kind.LOST, "history of " + where + " has " + place + " after " + before);
      }
      before = place.seq();
      Unit unit = byId.get(place.app() + " " + id);
      if (unit == null) {
        violations.add(Kind.LEAK, where + " keeps what nobody published: " + one);
      } else if (unit.isRefused()) {
        violations.add(Kind.ABORTED_READ, id + " was refused, and is kept by " + where);
      }
    }
    for (Unit unit : units.values()) {
      Event.Sent first = unit.first;
      if (where.startsWith(first.app() + " " + first.channel() + " ")) {
        checkUnit(unit, where, byOwnId);
      }
    }
  }

  /** Where the store may have lost its end, nobody can say which of the last ones were kept. */
  private void checkUnit(Unit unit, String where, Map<String, Place> byOwnId) {
    Event.Answered answer = unit.answer;
    if (answer == null || allowed.jump(answer.channel())) {
      return;
    }
    for (int i = 0; i < unit.first.ids().size(); i++) {
      String id = unit.first.ids().get(i);
      Place found = byOwnId.get(id);
      if (found == null) {
        violations.add(Kind.LOST, id + " was acknowledged, " + where + " does not have it");
      } else if (found.seq() != seq(answer, i)) {
        violations.add(
            Kind.ANSWERED_OTHERWISE, id + " was acknowledged at " + answer + ", it is at " + found);
      }
    }
  }

  private void order() {
    Map<String, List<Unit>> channels = new HashMap<>();
    for (Unit unit : units.values()) {
      Event.Answered answer = unit.answer;
      if (answer != null && !allowed.jump(answer.channel())) {
        String of = answer.app() + " " + answer.channel() + " " + answer.epoch();
        channels.computeIfAbsent(of, key -> new ArrayList<>()).add(unit);
      }
    }
    channels.values().forEach(this::order);
  }

  private record Known(long asked, long answered, long seq, String unit) {}

  private void order(List<Unit> all) {
    List<Known> asked = new ArrayList<>();
    for (Unit unit : all) {
      Event.Answered answer = unit.answer;
      if (answer != null) {
        asked.add(new Known(unit.first.at(), answer.at(), seq(answer, 0), unit.first.unit()));
      }
    }
    PriorityQueue<Known> answered = new PriorityQueue<>(Comparator.comparingLong(Known::answered));
    answered.addAll(asked);
    asked.sort(Comparator.comparingLong(Known::asked));
    long highest = 0;
    for (Known one : asked) {
      while (!answered.isEmpty() && answered.peek().answered() < one.asked()) {
        highest = Math.max(highest, answered.remove().seq());
      }
      if (one.seq() <= highest) {
        violations.add(
            Kind.REORDERED, one + " was asked for after " + highest + " was acknowledged");
      }
    }
  }
}
