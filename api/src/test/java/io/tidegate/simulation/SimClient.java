package io.tidegate.simulation;

import io.tidegate.channel.Head;
import io.tidegate.channel.Position;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.hub.Batch;
import io.tidegate.hub.Hub;
import io.tidegate.hub.Start;
import io.tidegate.hub.Subscriber;
import io.tidegate.hub.Subscription;
import io.tidegate.problem.RefusedException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A client that reads when it likes to, and holds every call to the promise of delivery. */
final class SimClient implements Subscriber {
  private static final int TURN_BYTES = 300;

  private final SimNode node;
  private final Facts facts;
  private final Bug bug;
  private final SplittableRandom random;
  private final boolean mayJump;
  private final ArrayDeque<Subscription> behind = new ArrayDeque<>();
  private final Set<Position> received = new HashSet<>();
  private boolean writable = true;
  private boolean pumping;
  private boolean flushComing;
  private boolean ended;
  private boolean skipped;
  private @Nullable Subscription subscription;
  private @Nullable Position at;

  /**
   * @param mayJump whether anything happens that makes it miss messages
   */
  SimClient(SimNode node, Facts facts, Bug bug, SplittableRandom random, boolean mayJump) {
    this.node = node;
    this.facts = facts;
    this.bug = bug;
    this.random = random;
    this.mayJump = mayJump;
  }

  void subscribe(Hub hub, Start start) {
    subscription = hub.subscribe(Simulation.CHANNEL, node.fanout(), this, start, false);
  }

  SimNode node() {
    return node;
  }

  boolean isOver() {
    return ended;
  }

  /** What it would resume from; null before it is subscribed. */
  @Nullable Position at() {
    return at;
  }

  boolean isWritable() {
    return writable;
  }

  void writable(boolean now) {
    writable = now;
    pump();
  }

  void end() {
    if (!ended && subscription != null) {
      ended = true;
      subscription.end();
    }
  }

  @Override
  public void onSubscribed(Subscription one, Position from, Head.Resume.@Nullable Lost lost) {
    if (at != null) {
      facts.broken("subscribed twice");
    }
    if (one.start() instanceof Start.Since since) {
      if (lost == null && from.seq() != since.position().seq()) {
        facts.broken("unannounced gap: resumed at " + from + " from " + since.position());
      }
      if (lost != null && !mayJump) {
        facts.broken("lost: " + since.position() + " cannot be resumed: " + lost);
      }
    }
    at = from;
  }

  @Override
  public void onFailed(Subscription one, RefusedException refused) {
    ended = true;
  }

  @Override
  public boolean onBatch(Subscription one, Batch batch) {
    if (!writable) {
      return false;
    }
    write(batch);
    return true;
  }

  private void write(Batch batch) {
    for (EncodedMessage message : batch.messages()) {
      if (bug == Bug.LOSES_AT_HANDOVER && random.nextInt(16) == 0) {
        continue;
      }
      take(message);
    }
  }

  private void take(EncodedMessage message) {
    Position before = at;
    if (before == null) {
      facts.broken("a message before the subscription began");
      return;
    }
    Position position = new Position(message.epoch(), message.seq());
    if (!received.add(position)) {
      facts.broken("duplicate: " + position);
    } else if (message.seq() <= before.seq()) {
      facts.broken("reordered: " + position + " behind " + before);
    } else if (message.seq() > before.seq() + 1) {
      facts.broken("unannounced gap: " + position + " behind " + before);
    }
    facts.shown(message.epoch(), message.seq(), message.message().id());
    at = new Position(before.epoch(), message.seq());
  }

  @Override
  public void onFault(Throwable fault) {
    facts.broken("fault: " + fault);
    end();
  }

  @Override
  public void onJump(
      Subscription one, Position from, Position to, String reason, @Nullable Long missed) {
    if (!mayJump) {
      facts.broken("lost: a jump from " + from + " to " + to + ", " + reason);
    }
    if (!from.equals(at)) {
      facts.broken("a jump from " + from + " of a client at " + at);
    }
    at = to;
  }

  @Override
  public void onReady(Subscription one) {
    behind.add(one);
    pump();
  }

  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while (writable && !behind.isEmpty()) {
        Subscription next = behind.poll();
        Batch batch = next.step(TURN_BYTES, Integer.MAX_VALUE);
        if (batch != null) {
          if (bug == Bug.SKIPS_THE_MERGE && !skipped) {
            skipped = true;
          } else {
            write(batch);
          }
          next.taken(batch);
          behind.add(next);
        }
      }
    } finally {
      pumping = false;
    }
  }

  @Override
  public boolean needsFlush() {
    boolean first = !flushComing;
    flushComing = true;
    return first;
  }

  @Override
  public void flush() {
    flushComing = false;
  }
}
