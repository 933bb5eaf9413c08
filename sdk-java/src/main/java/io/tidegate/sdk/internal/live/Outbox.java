package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Published;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.TidegateException.Local;
import io.tidegate.sdk.internal.message.MessageCodec.Outgoing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Publishes that are not acknowledged yet. Of each channel one frame is on its way at a time, so
 * that what is refused for a moment is not overtaken; what waits meanwhile goes together in the
 * next one. A frame whose fate is unknown is sent again as it was, with the same ids: the gateway
 * knows what it has. Does no I/O; guarded by the client's lock.
 */
final class Outbox {
  /** The contract's bound on an array. */
  static final int MOST_PER_FRAME = 100;

  /** Of 64 kB a frame may have; the rest is for what is around the messages. */
  static final int BYTES_PER_FRAME = 62_000;

  /** Text that may wait, so that a queue of large messages does not fill the heap. */
  static final long MOST_BYTES = 16L << 20;

  /** Refusals that pass, of one frame, with up to 30 s between them; then it fails. */
  static final int MOST_REFUSALS = 10;

  /** One call of publish. */
  static final class Entry {
    final String channel;
    final List<Outgoing> messages;
    final CompletableFuture<Published> future = new CompletableFuture<>();
    final int bytes;

    /** It was refused together with others; whose fault it was shows when it is alone. */
    private boolean alone;

    Entry(String channel, List<Outgoing> messages) {
      this.channel = channel;
      this.messages = messages;
      this.bytes = bytes(messages);
    }
  }

  /** Entries that go as one frame, again and again if need be. */
  static final class Batch {
    final Lane lane;
    final List<Entry> entries;
    private int refusals;

    Batch(Lane lane, List<Entry> entries) {
      this.lane = lane;
      this.entries = entries;
    }

    String channel() {
      return lane.channel;
    }

    /** A JSON array. */
    String messages() {
      List<Outgoing> all = new ArrayList<>();
      entries.forEach(entry -> all.addAll(entry.messages));
      return Outgoing.array(all);
    }
  }

  /** Of one channel. */
  static final class Lane {
    private final String channel;
    private final Deque<Entry> waiting = new ArrayDeque<>();

    /** Sent before, with an unknown fate or refused for now: goes first, and as it was. */
    private @Nullable Batch again;

    private @Nullable Batch sent;
    private boolean paused;

    Lane(String channel) {
      this.channel = channel;
    }
  }

  private final int capacity;
  private final Map<String, Lane> lanes = new HashMap<>();
  private int count;
  private long bytes;

  /**
   * @param capacity messages that may wait
   */
  Outbox(int capacity) {
    this.capacity = capacity;
  }

  /** Whether one frame can hold them. */
  static boolean fits(List<Outgoing> messages) {
    return messages.size() <= MOST_PER_FRAME && bytes(messages) <= BYTES_PER_FRAME;
  }

  private static int bytes(List<Outgoing> messages) {
    int sum = 0;
    for (Outgoing message : messages) {
      sum += Utf8.length(message.json()) + 1;
    }
    return sum;
  }

  /** False when it is full: nothing was queued. */
  boolean offer(Entry entry) {
    if (count + entry.messages.size() > capacity || bytes + entry.bytes > MOST_BYTES) {
      return false;
    }
    count += entry.messages.size();
    bytes += entry.bytes;
    lanes.computeIfAbsent(entry.channel, Lane::new).waiting.add(entry);
    return true;
  }

  /** What is to be sent for this channel now; null when nothing is, or something is on its way. */
  @Nullable Batch next(String channel) {
    Lane lane = lanes.get(channel);
    if (lane == null || lane.sent != null || lane.paused) {
      return null;
    }
    Batch batch = lane.again;
    lane.again = null;
    if (batch == null) {
      batch = gather(lane);
    }
    lane.sent = batch;
    if (batch == null) {
      lanes.remove(channel);
    }
    return batch;
  }

  List<String> channels() {
    return List.copyOf(lanes.keySet());
  }

  private @Nullable Batch gather(Lane lane) {
    List<Entry> entries = new ArrayList<>();
    int messages = 0;
    int size = 0;
    for (Entry head = lane.waiting.peek(); head != null; head = lane.waiting.peek()) {
      if (head.future.isDone()) {
        // Cancelled by who published it, before it was sent.
        release(lane.waiting.remove());
        continue;
      }
      messages += head.messages.size();
      size += head.bytes;
      boolean full = messages > MOST_PER_FRAME || size > BYTES_PER_FRAME;
      if (!entries.isEmpty() && (full || head.alone)) {
        break;
      }
      entries.add(lane.waiting.remove());
      if (head.alone) {
        break;
      }
    }
    return entries.isEmpty() ? null : new Batch(lane, entries);
  }

  /** Acknowledged; the futures are for the caller to complete. */
  void done(Batch batch) {
    batch.lane.sent = null;
    batch.entries.forEach(this::release);
  }

  /**
   * Refused. Answers whether the caller is to let {@link #next} have it after a pause; otherwise
   * what is final about it has been settled, and these entries are for the caller to fail.
   */
  List<Entry> refused(Batch batch, int code) {
    batch.lane.sent = null;
    if (Refusals.isPassing(code) && ++batch.refusals < MOST_REFUSALS) {
      batch.lane.again = batch;
      batch.lane.paused = true;
      return List.of();
    }
    if (batch.entries.size() > 1 && !Refusals.isPassing(code)) {
      for (int i = batch.entries.size() - 1; i >= 0; i--) {
        Entry entry = batch.entries.get(i);
        entry.alone = true;
        batch.lane.waiting.addFirst(entry);
      }
      return List.of();
    }
    batch.entries.forEach(this::release);
    return batch.entries;
  }

  /** The pause after a refusal is over. */
  void resume(String channel) {
    Lane lane = lanes.get(channel);
    if (lane != null) {
      lane.paused = false;
    }
  }

  /** The line is gone: what was on its way goes again. */
  void detached() {
    for (Lane lane : lanes.values()) {
      if (lane.sent != null) {
        lane.again = lane.sent;
        lane.sent = null;
      }
      lane.paused = false;
    }
  }

  /** Empties it; the entries are for the caller to fail. */
  List<Entry> clear() {
    List<Entry> all = new ArrayList<>();
    for (Lane lane : lanes.values()) {
      for (Batch batch : new Batch[] {lane.sent, lane.again}) {
        if (batch != null) {
          all.addAll(batch.entries);
        }
      }
      all.addAll(lane.waiting);
    }
    lanes.clear();
    count = 0;
    bytes = 0;
    return all;
  }

  private void release(Entry entry) {
    count -= entry.messages.size();
    bytes -= entry.bytes;
  }

  TidegateException full() {
    return TidegateException.local(
        Local.QUEUE_FULL, count + " messages wait to be published: no more do", null);
  }
}
