package io.tidegate.broker;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One channel of {@link MemoryBroker}: its counter, its window and the message ids it knows. Every
 * method is called with this object's monitor held; times are ms of the broker's clock.
 */
final class WindowChannel {
  /** A retry finds its first answer for so long ... */
  private static final long ID_MILLIS = 120_000;

  /** ... and among so many messages. */
  private static final int MAX_IDS = 10_000;

  /** What one remembered id costs beside its characters. */
  private static final int ID_BYTES = 128;

  /** A channel that was only ever subscribed to can be come back to for so long. */
  private static final long UNUSED_MILLIS = 600_000;

  private final ChannelId channel;
  private Durability as;
  private final ArrayDeque<Message> window = new ArrayDeque<>();
  private final Map<String, Seen> seen = new LinkedHashMap<>();
  private EpochStart epoch;
  private long lastSeq;
  private long lastMillis;
  private long openedMillis;
  private long bytes;
  private Retention keep = Retention.NOTHING;

  /** The change of rules that brought it here as what it is; 0 for none. */
  private long brought;

  WindowChannel(ChannelId channel, Durability as, EpochStart epoch, long nowMillis) {
    this.channel = channel;
    this.as = as;
    this.epoch = epoch;
    this.openedMillis = nowMillis;
    this.lastSeq = epoch.firstSeq() - 1;
  }

  /** The first answer to an id, and the digest of what it named. */
  private record Seen(long seq, long digest, long moreDigest, long millis) {
    boolean isOf(Seen other) {
      return digest == other.digest && moreDigest == other.moreDigest;
    }
  }

  /** Numbers a unit and keeps what the rules say; all or nothing. */
  Published publish(List<Draft> drafts, Retention rules, long nowMillis) {
    long now = Math.max(nowMillis, lastMillis);
    boolean remembers = rules.messages() > 0;
    forgetIds(now);
    List<@Nullable Seen> asked = new ArrayList<>(drafts.size());
    for (Draft draft : drafts) {
      Seen one = remembers && !draft.madeId() ? seen(draft, now) : null;
      Seen earlier = one == null ? null : seen.get(draft.id());
      if (one != null && earlier != null && !one.isOf(earlier)) {
        throw new RefusedException(
            Refusal.MESSAGE_ID_REUSED, "the message id was used for another message");
      }
      asked.add(one);
    }
    List<Published.Item> items = new ArrayList<>(drafts.size());
    List<Message> fresh = new ArrayList<>(drafts.size());
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      Seen one = asked.get(i);
      Seen earlier = one == null ? null : seen.get(draft.id());
      if (earlier != null) {
        items.add(new Published.Item(draft.id(), earlier.seq));
        continue;
      }
      Message message = draft.numbered(++lastSeq, now);
      fresh.add(message);
      items.add(new Published.Item(draft.id(), message.seq()));
      if (remembers) {
        window.addLast(message);
        bytes += message.weight();
      }
      if (one != null) {
        seen.put(draft.id(), new Seen(message.seq(), one.digest, one.moreDigest, now));
        bytes += ID_BYTES + draft.id().length();
      }
    }
    lastMillis = now;
    keep = rules;
    trim(rules, now);
    return new Published(epoch.epoch(), items, fresh);
  }

  private static Seen seen(Draft draft, long now) {
    ByteBuffer digest = ByteBuffer.wrap(draft.digest());
    return new Seen(0, digest.getLong(), digest.getLong(), now);
  }

  /** Somebody has a position of it now. */
  void open(long now) {
    openedMillis = Math.max(openedMillis, now);
  }

  Head head(Retention rules, long now) {
    long first = firstKept(rules, now);
    return new Head(List.of(epoch), first, lastSeq);
  }

  List<Message> forward(long from, int limit, Retention rules, long now) {
    long first = Math.max(from, firstKept(rules, now));
    List<Message> found = new ArrayList<>(Math.min(limit, window.size()));
    for (Message message : window) {
      if (found.size() == limit) {
        break;
      }
      if (message.seq() >= first) {
        found.add(message);
      }
    }
    return found;
  }

  List<Message> backward(long from, int limit, Retention rules, long now) {
    long first = firstKept(rules, now);
    List<Message> found = new ArrayList<>(Math.min(limit, window.size()));
    Iterator<Message> newestFirst = window.descendingIterator();
    while (newestFirst.hasNext() && found.size() < limit) {
      Message message = newestFirst.next();
      if (message.seq() <= from && message.seq() >= first) {
        found.add(message);
      }
    }
    return found;
  }

  long seqAt(long millis, Retention rules, long now) {
    long first = firstKept(rules, now);
    for (Message message : window) {
      if (message.seq() >= first && message.timestamp() >= millis) {
        return message.seq();
      }
    }
    return lastSeq + 1;
  }

  EpochStart renew(Epoch next, long floorSeq) {
    lastSeq = Math.max(lastSeq, floorSeq);
    epoch = new EpochStart(next, lastSeq + 1);
    window.clear();
    seen.clear();
    bytes = 0;
    return epoch;
  }

  /** Once for each change. */
  EpochStart arrive(Durability now, long change, Epoch next, long floorSeq) {
    if (isHere(now, change)) {
      return epoch;
    }
    as = now;
    brought = change;
    return renew(next, floorSeq);
  }

  boolean isHere(Durability now, long change) {
    return as == now && brought == change;
  }

  boolean is(Durability asked) {
    return as == asked;
  }

  long lastSeq() {
    return lastSeq;
  }

  /** Nothing when the epoch has ended already. */
  void supersede(Epoch outrun, Epoch next) {
    if (epoch.epoch().equals(outrun)) {
      renew(next, 0);
    }
  }

  /** Drops what the rules of the last publish no longer keep. */
  void sweep(long now) {
    trim(keep, now);
    forgetIds(now);
  }

  /** Whether nothing of it needs to be known any more: not even where it stood. */
  boolean isIdle(long now, long counterMillis) {
    return window.isEmpty()
        && seen.isEmpty()
        && now - openedMillis > UNUSED_MILLIS
        && now - lastMillis > counterMillis;
  }

  long bytes() {
    return bytes;
  }

  ChannelId channel() {
    return channel;
  }

  private void trim(Retention rules, long now) {
    long first = firstKept(rules, now);
    while (!window.isEmpty() && window.peekFirst().seq() < first) {
      bytes -= window.removeFirst().weight();
    }
  }

  private long firstKept(Retention rules, long now) {
    if (rules.messages() == 0) {
      return lastSeq + 1;
    }
    long oldest = now - rules.seconds() * 1000;
    long bySeq = lastSeq - rules.messages() + 1;
    for (Message message : window) {
      if (message.seq() >= bySeq && message.timestamp() >= oldest) {
        return message.seq();
      }
    }
    return lastSeq + 1;
  }

  private void forgetIds(long now) {
    Iterator<Map.Entry<String, Seen>> oldestFirst = seen.entrySet().iterator();
    while (oldestFirst.hasNext()) {
      Map.Entry<String, Seen> oldest = oldestFirst.next();
      if (seen.size() <= MAX_IDS - PublishUnit.MAX_MESSAGES
          && now - oldest.getValue().millis <= ID_MILLIS) {
        return;
      }
      oldestFirst.remove();
      bytes -= ID_BYTES + oldest.getKey().length();
    }
  }
}
