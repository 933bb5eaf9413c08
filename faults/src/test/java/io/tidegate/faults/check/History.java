package io.tidegate.faults.check;

import io.tidegate.faults.history.Event;
import io.tidegate.faults.history.Event.Action;
import io.tidegate.faults.history.Event.Outcome;
import java.util.ArrayList;
import java.util.List;

/** A short history, written down by hand. Every event is 10 ms after the one before. */
final class History {
  static final String CHANNEL = "durable:0";
  private static final String APP = "A";

  private final List<Event> events = new ArrayList<>();
  private String channel = CHANNEL;

  History in(String other) {
    channel = other;
    return this;
  }

  private long now() {
    return events.size() * 10L;
  }

  History sent(String unit, int attempt, String... ids) {
    List<String> all = List.of(ids);
    List<String> data = all.stream().map(this::data).toList();
    events.add(new Event.Sent(now(), APP, channel, unit, attempt, 0, all, data));
    return this;
  }

  private String data(String id) {
    return APP + "/" + channel + "/" + id + "/0";
  }

  History acknowledged(String unit, int attempt, String epoch, Long... seqs) {
    events.add(
        new Event.Answered(
            now(), APP, channel, unit, attempt, Outcome.ACKNOWLEDGED, "201", epoch, List.of(seqs)));
    return this;
  }

  History answered(String unit, int attempt, Outcome outcome) {
    events.add(
        new Event.Answered(now(), APP, channel, unit, attempt, outcome, "", null, List.of()));
    return this;
  }

  /** Sent and acknowledged, one message. */
  History published(String id, String epoch, long seq) {
    return sent(id, 1, id).acknowledged(id, 1, epoch, seq);
  }

  History subscribed(String who, String epoch, long seq) {
    events.add(new Event.Subscribed(now(), who, APP, channel, epoch, seq, null, 0, false, null));
    return this;
  }

  History resumed(String who, String epoch, long since, long seq, boolean resumed) {
    events.add(
        new Event.Subscribed(now(), who, APP, channel, epoch, seq, epoch, since, resumed, null));
    return this;
  }

  History delivered(String who, long seq, String id) {
    return delivered(who, seq, id, data(id));
  }

  History delivered(String who, long seq, String id, String data) {
    events.add(new Event.Delivered(now(), who, APP, channel, null, seq, id, data));
    return this;
  }

  History jumped(String who, String epoch, long from, long to) {
    events.add(new Event.Jumped(now(), who, APP, channel, epoch, to, epoch, from, "epoch"));
    return this;
  }

  History kept(int node, String epoch, long seq, String id) {
    events.add(new Event.Kept(now(), APP, channel, node, epoch, seq, id, data(id)));
    return this;
  }

  History head(int node, String epoch, long seq) {
    events.add(new Event.Head(now(), APP, channel, node, epoch, seq));
    return this;
  }

  History member(Action action) {
    events.add(new Event.Present(now(), APP, "window:room", "ada", "c1", 0, action));
    return this;
  }

  History anew(boolean keyOfLater) {
    events.add(new Event.Anew(now(), "ada", APP, 0, keyOfLater));
    return this;
  }

  History seen(String who, String action, String... members) {
    events.add(new Event.Seen(now(), who, APP, "window:room", action, List.of(members), true));
    return this;
  }

  /** What the run does at a time of its own. */
  History phase(long at, String name, String what) {
    events.add(new Event.Phase(at, name, what));
    return this;
  }

  History quota(int perSecond, int burst) {
    events.add(new Event.Quota(0, perSecond, burst));
    return this;
  }

  /** Asked for at a time of its own, and answered 5 ms later. */
  History metered(long asked, Outcome outcome) {
    events.add(new Event.Metered(asked + 5, asked, 0, outcome, ""));
    return this;
  }

  History passes(long millis) {
    for (long i = 0; i < millis / 10; i++) {
      events.add(new Event.Phase(now(), "time", ""));
    }
    return this;
  }

  Violations check(Allowed allowed) {
    return check(allowed, Tolerance.STRICT);
  }

  Violations check(Allowed allowed, Tolerance tolerance) {
    return Checker.check(events, allowed, tolerance).violations();
  }

  Violations check() {
    return check(Allowed.NOTHING);
  }
}
