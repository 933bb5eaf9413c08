package io.tidegate.faults.check;

import io.tidegate.faults.check.Violation.Kind;
import io.tidegate.faults.history.Event;
import java.util.HashMap;
import java.util.Map;

/**
 * Every subscription sees increasing seqs without holes, or is told of a jump before it; in the end
 * it has come to the end of its channel.
 */
final class Runs {
  private final Violations violations;
  private final Allowed allowed;
  private final Contents contents;
  private final Map<Of, Run> runs = new HashMap<>();
  private final Map<String, Event.Head> heads = new HashMap<>();
  private int deliveries;
  private int jumps;

  private record Of(String who, String app, String channel) {}

  /** Where one is. */
  private static final class Run {
    private String current = "";
    private long seq = -1;

    /** What was asked for and not met: a discontinuity may say so again; -1: nothing. */
    private long unmet = -1;

    /** By id, where it came first. */
    private final Map<String, Place> received = new HashMap<>();
  }

  Runs(Violations violations, Allowed allowed, Contents contents) {
    this.violations = violations;
    this.allowed = allowed;
    this.contents = contents;
  }

  int deliveries() {
    return deliveries;
  }

  int jumps() {
    return jumps;
  }

  void accept(Event event) {
    switch (event) {
      case Event.Subscribed one -> subscribed(run(one.who(), one.app(), one.channel()), one);
      case Event.Delivered one -> delivered(run(one.who(), one.app(), one.channel()), one);
      case Event.Skipped one -> {
        Run run = run(one.who(), one.app(), one.channel());
        advance(run, one.seq(), one.who() + " of " + one.channel());
      }
      case Event.Jumped one -> jumped(run(one.who(), one.app(), one.channel()), one);
      case Event.Head one -> head(one);
      default -> {}
    }
  }

  private Run run(String who, String app, String channel) {
    return runs.computeIfAbsent(new Of(who, app, channel), key -> new Run());
  }

  private void subscribed(Run run, Event.Subscribed one) {
    run.unmet = -1;
    if (one.sinceEpoch() != null) {
      if (one.resumed()) {
        if (one.seq() != one.sinceSeq()) {
          violations.add(Kind.GAP, "resumed elsewhere: " + one);
        }
      } else {
        announced(one.channel(), one.toString());
        run.unmet = one.sinceSeq();
      }
    } else if (one.reason() != null) {
      // Of a stream that broke off before it had this channel, and is told that this is new.
      run.unmet = 0;
    }
    go(run, one.epoch(), one.seq());
  }

  private void jumped(Run run, Event.Jumped one) {
    boolean again = run.unmet >= 0 && one.fromSeq() == run.unmet && one.seq() == run.seq;
    run.unmet = -1;
    if (again) {
      go(run, one.epoch(), one.seq());
      return;
    }
    if (one.fromEpoch() != null && one.fromSeq() != run.seq) {
      violations.add(Kind.GAP, "a jump from where it was not, " + run.seq + ": " + one);
    }
    announced(one.channel(), one.toString());
    go(run, one.epoch(), one.seq());
  }

  private void announced(String channel, String what) {
    jumps++;
    if (!allowed.jump(channel)) {
      violations.add(Kind.NEEDLESS_JUMP, what);
    }
  }

  private static void go(Run run, String epoch, long seq) {
    run.current = epoch;
    run.seq = seq;
  }

  private void delivered(Run run, Event.Delivered one) {
    deliveries++;
    String epoch = one.epoch() == null ? run.current : one.epoch();
    advance(run, one.seq(), one.who() + " of " + one.channel() + " " + one.id());
    Place place = new Place(one.app(), one.channel(), epoch, one.seq());
    contents.saw(one.who(), place, one.id(), one.data());
    Place before = run.received.putIfAbsent(one.id(), place);
    if (before != null && !allowed.jump(one.channel())) {
      violations.add(
          Kind.DUPLICATE, one.who() + " got " + one.id() + " at " + place + " and " + before);
    }
  }

  private void advance(Run run, long seq, String what) {
    if (run.seq < 0) {
      violations.add(Kind.GAP, "a message before the subscription began: " + what);
    } else if (seq > run.seq + 1) {
      violations.add(Kind.GAP, seq + " follows " + run.seq + ": " + what);
    } else if (seq == run.seq) {
      violations.add(Kind.DUPLICATE, seq + " follows " + run.seq + ": " + what);
    } else if (seq < run.seq) {
      violations.add(Kind.REORDERED, seq + " follows " + run.seq + ": " + what);
    }
    run.seq = Math.max(run.seq, seq);
  }

  private void head(Event.Head one) {
    if (Allowed.classOf(one.channel()).equals("none")) {
      return;
    }
    Event.Head before = heads.putIfAbsent(one.app() + one.channel(), one);
    if (before != null && !(before.epoch().equals(one.epoch()) && before.seq() == one.seq())) {
      violations.add(Kind.TWO_CONTENTS, "nodes disagree: " + one + ", " + before);
    }
  }

  /** After the last event. */
  void finish() {
    runs.forEach(
        (of, run) -> {
          Event.Head head = heads.get(of.app() + of.channel());
          if (head == null) {
            return;
          }
          if (run.seq < head.seq() && run.current.equals(head.epoch())) {
            violations.add(Kind.LOST, of + " stops at " + run.seq + ", the end is " + head.seq());
          } else if (!run.current.equals(head.epoch()) || run.seq != head.seq()) {
            violations.add(
                Kind.GAP,
                of + " is at " + run.current + " " + run.seq + ", the channel at " + head);
          }
        });
  }
}
