package io.tidegate.log;

import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Message;
import io.tidegate.channel.Published;
import io.tidegate.problem.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction writes and what it answers: numbers the new messages of a batch behind the
 * last seq of their channels. Pure; the channels are locked and the known ids read before.
 */
final class BatchPlan {
  /** A message to store. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(long logId, Message message, byte[] digest, int day, int expiresOn) {}

  /** An id the channel knows. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  record Known(long seq, byte[] digest) {}

  /**
   * A channel as it stands, locked.
   *
   * @param left whether it is about to move to another store
   */
  record Locked(long logId, Epoch epoch, long lastSeq, long lastTimestamp, boolean left) {}

  private final Map<Long, Channel> channels = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Runnable> answers = new ArrayList<>();
  private final List<Witness.Stored> witnessed = new ArrayList<>();
  private final long now;

  /**
   * @param now ms since 1970, from the database
   */
  BatchPlan(Collection<Locked> locked, long now) {
    this.now = now;
    locked.forEach(each -> channels.put(each.logId(), new Channel(each, now)));
  }

  /** Where a channel of the batch will end. */
  static final class Channel {
    private final Locked locked;
    private final long timestamp;
    private final Map<String, Known> ids = new HashMap<>();
    private long lastSeq;
    private int expiresOn;
    private long storedBytes;

    private Channel(Locked locked, long now) {
      this.locked = locked;
      this.timestamp = Math.max(now, locked.lastTimestamp());
      this.lastSeq = locked.lastSeq();
    }

    long logId() {
      return locked.logId();
    }

    long lastSeq() {
      return lastSeq;
    }

    long timestamp() {
      return timestamp;
    }

    int expiresOn() {
      return expiresOn;
    }

    /** Of the new messages. */
    long storedBytes() {
      return storedBytes;
    }
  }

  void know(long logId, String id, Known known) {
    channel(logId).ids.put(id, known);
  }

  /** Takes the unit in, or decides its refusal; to be called in the order of the batch. */
  void add(PendingUnit unit, long logId) {
    Channel channel = channel(logId);
    RefusedException refused =
        channel.locked.left() ? ChannelStore.left() : conflict(unit, channel);
    if (refused != null) {
      refuse(unit, refused);
      return;
    }
    List<Published.Item> items = new ArrayList<>(unit.size());
    List<Message> fresh = new ArrayList<>(unit.size());
    int day = ExpiryDay.dayOf(channel.timestamp);
    int expiresOn = ExpiryDay.of(day, unit.retentionDays());
    for (int i = 0; i < unit.size(); i++) {
      Draft draft = unit.unit().drafts().get(i);
      Known known = channel.ids.get(draft.id());
      if (known == null) {
        Message message = draft.numbered(++channel.lastSeq, channel.timestamp);
        known = new Known(message.seq(), unit.digest(i));
        channel.ids.put(draft.id(), known);
        channel.expiresOn = Math.max(channel.expiresOn, expiresOn);
        channel.storedBytes += message.storedBytes();
        rows.add(new Row(logId, message, known.digest(), day, expiresOn));
        fresh.add(message);
      }
      items.add(new Published.Item(draft.id(), known.seq()));
    }
    Published published = new Published(channel.locked.epoch(), items, fresh);
    if (unit.isWitnessed() && !fresh.isEmpty()) {
      witnessed.add(new Witness.Stored(unit.unit().channel(), published.epoch(), fresh));
    }
    answers.add(() -> unit.commit(published, rows.size()));
  }

  void refuse(PendingUnit unit, RefusedException refused) {
    answers.add(() -> unit.refuse(refused));
  }

  private static @Nullable RefusedException conflict(PendingUnit unit, Channel channel) {
    for (int i = 0; i < unit.size(); i++) {
      String id = unit.unit().drafts().get(i).id();
      Known known = channel.ids.get(id);
      if (known != null && !Arrays.equals(known.digest(), unit.digest(i))) {
        return Refusals.idReused(id);
      }
    }
    return null;
  }

  private Channel channel(long logId) {
    Channel channel = channels.get(logId);
    if (channel == null) {
      throw new IllegalStateException("a unit's channel is not locked");
    }
    return channel;
  }

  List<Row> rows() {
    return rows;
  }

  /** New messages that somebody wants to hear of before they are committed, by unit. */
  List<Witness.Stored> witnessed() {
    return witnessed;
  }

  /** The channels that get new messages. */
  List<Channel> changed() {
    return channels.values().stream().filter(c -> c.lastSeq > c.locked.lastSeq()).toList();
  }

  long now() {
    return now;
  }

  /** Gives everyone their answer, in the order of the batch: the rows are stored. */
  void answer() {
    answers.forEach(Runnable::run);
  }
}
