package io.tidegate.webhook.source;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.Position;
import io.tidegate.problem.RefusedException;
import io.tidegate.store.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Finds out what has not been told of a channel: what is at hand when it stands right behind the
 * cursor, which is nearly always so; else what the window says. A hole is what another node has at
 * hand at this moment, or had when it died.
 */
final class Untold {
  /** Of one channel in one transaction, so that none is long. */
  private static final int MAX_MESSAGES = 1_000;

  private static final int MAX_BYTES = 1 << 20;
  private static final int PAGE = 256;

  /**
   * A cursor that stood still for so long before somebody began to want the channel's messages has
   * been of no use meanwhile: what came in between is not wanted. A shorter time loses nothing of
   * what a node left untold when webhooks were changed right then.
   */
  private static final long IDLE_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private final ToLongFunction<ChannelId> since;

  /**
   * @param since when somebody began to want the channel's messages, in ms; {@code Long.MAX_VALUE}
   *     for nobody
   */
  Untold(ToLongFunction<ChannelId> since) {
    this.since = since;
  }

  /**
   * What comes next.
   *
   * @param mayRead whether windows can be read: one that has just not answered would only hold up
   *     what needs none
   * @throws Unread when the window cannot be read
   */
  Portion of(Cursor cursor, Errand errand, boolean mayRead) throws Unread {
    List<Told> hand = errand.hand(cursor);
    if (errand.isClosed(cursor)) {
      Portion portion = new Portion(errand.held().channel(), cursor.at(), null);
      if (hand.isEmpty()) {
        return portion;
      }
      if (Errand.follow(cursor, hand)) {
        hand.forEach(portion::tell);
        return portion;
      }
    }
    if (!mayRead) {
      throw new Unread();
    }
    long wanted = since.applyAsLong(errand.held().channel());
    try {
      return read(cursor, errand.held(), hand, wanted);
    } catch (RefusedException away) {
      throw new Unread();
    }
  }

  /** A window that does not answer, which is no fault of the database. */
  static final class Unread extends Exception {
    private static final long serialVersionUID = 1;
  }

  private static Portion read(Cursor cursor, Held held, List<Told> hand, long wanted) {
    Head head = held.head().orElse(null);
    if (head == null) {
      // Forgotten meanwhile: nothing else is left of it.
      Portion portion = new Portion(held.channel(), null, null);
      hand.forEach(portion::tell);
      return portion;
    }
    boolean goesOn = cursor.at() != null && cursor.movedMillis() >= wanted - IDLE_MILLIS;
    long from = cursor.at() == null ? 1 : behind(cursor.at(), head);
    if (!goesOn) {
      long first = wanted == Long.MAX_VALUE ? head.lastSeq() + 1 : held.seqAt(wanted);
      from = Math.max(from, first);
    }
    if (!goesOn && !hand.isEmpty()) {
      // The two servers' clocks may differ: what is at hand is wanted.
      from = Math.min(from, hand.getFirst().seq());
    }
    Portion portion = new Portion(held.channel(), goesOn ? cursor.at() : null, head);
    TreeMap<Long, Told> found = stored(held, head, from);
    boolean complete = found.isEmpty() || found.lastKey() >= head.lastSeq() || !isFull(found);
    for (Told one : hand) {
      // Of an epoch that has ended it may stand before the cursor: then it was read before.
      if (one.seq() >= from && (complete || one.seq() <= found.lastKey())) {
        found.putIfAbsent(one.seq(), one);
      }
    }
    found.values().forEach(portion::tell);
    if (complete) {
      portion.end(head.position(), cursor.movedMillis());
    } else {
      portion.breakOff();
    }
    return portion;
  }

  /** Where it goes on behind a cursor; what is not kept any more is missing there. */
  private static long behind(Position at, Head head) {
    Head.Resume resume = head.resume(at);
    if (resume.lost() == null || resume.lost() == Head.Resume.Lost.RETENTION) {
      return at.seq() + 1;
    }
    return at.epoch().equals(head.epoch()) ? at.seq() + 1 : head.epochs().getLast().firstSeq();
  }

  /** Up to the head as it was read: of what came since, nobody has said of which epoch it is. */
  private static TreeMap<Long, Told> stored(Held held, Head head, long from) {
    TreeMap<Long, Told> found = new TreeMap<>();
    long next = Math.max(from, head.firstSeq());
    while (next <= head.lastSeq() && !isFull(found)) {
      List<Message> page = new ArrayList<>(held.readForward(next, PAGE));
      page.removeIf(one -> one.seq() > head.lastSeq());
      if (page.isEmpty()) {
        break;
      }
      for (Message one : page) {
        found.put(one.seq(), new Told(head.epochOf(one.seq()), one));
      }
      next = page.getLast().seq() + 1;
    }
    return found;
  }

  private static boolean isFull(TreeMap<Long, Told> found) {
    return found.size() >= MAX_MESSAGES
        || found.values().stream().mapToInt(one -> one.message().weight()).sum() >= MAX_BYTES;
  }
}
