package io.tidegate.log;

import io.tidegate.channel.Draft;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One channel of {@link MemoryMessageLog}, which guards it. */
final class MemoryChannel {
  private final TenantId tenant;
  private final List<EpochStart> epochs = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, Known> ids = new HashMap<>();
  private long lastSeq;
  private long lastTimestamp;

  /** The change of rules that brought it here; 0 for none. */
  private long brought;

  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  private record Known(long seq, byte[] digest) {}

  MemoryChannel(TenantId tenant) {
    this.tenant = tenant;
  }

  EpochStart renew(long floorSeq) {
    lastSeq = Math.max(lastSeq, floorSeq);
    messages.clear();
    ids.clear();
    return begin();
  }

  /** Once for each change. */
  EpochStart arrive(long change, long floorSeq) {
    if (isHereBy(change)) {
      return epochs.getLast();
    }
    brought = change;
    return renew(floorSeq);
  }

  boolean isHereBy(long change) {
    return brought == change && !epochs.isEmpty();
  }

  void supersede(Epoch outrun) {
    if (epochs.getLast().epoch().equals(outrun)) {
      begin();
    }
  }

  void loseFrom(long seq) {
    messages.removeIf(message -> message.seq() >= seq);
    ids.values().removeIf(known -> known.seq() >= seq);
    lastSeq = Math.min(lastSeq, seq - 1);
  }

  private EpochStart begin() {
    EpochStart start = new EpochStart(EpochNames.random(), lastSeq + 1);
    epochs.add(start);
    if (epochs.size() > Head.MAX_EPOCHS) {
      epochs.removeFirst();
    }
    return start;
  }

  Published append(PublishUnit unit, long now) {
    for (Draft draft : unit.drafts()) {
      Known known = ids.get(draft.id());
      if (known != null && !Arrays.equals(known.digest(), draft.digest())) {
        throw Refusals.idReused(draft.id());
      }
    }
    lastTimestamp = Math.max(lastTimestamp, now);
    List<Published.Item> items = new ArrayList<>();
    List<Message> fresh = new ArrayList<>();
    for (Draft draft : unit.drafts()) {
      Known known = ids.get(draft.id());
      if (known == null) {
        Message message = draft.numbered(++lastSeq, lastTimestamp);
        known = new Known(message.seq(), draft.digest());
        ids.put(draft.id(), known);
        messages.add(message);
        fresh.add(message);
      }
      items.add(new Published.Item(draft.id(), known.seq()));
    }
    return new Published(epochs.getLast().epoch(), items, fresh);
  }

  Head head(Retention keep, long now) {
    List<Message> kept = kept(keep, now);
    return new Head(epochs, kept.isEmpty() ? lastSeq + 1 : kept.getFirst().seq(), lastSeq);
  }

  /** Ascending; a view. */
  List<Message> kept(Retention keep, long now) {
    int from = Math.max(0, messages.size() - keep.messages());
    long cutoff = now - keep.seconds() * 1_000;
    while (from < messages.size() && messages.get(from).timestamp() < cutoff) {
      from++;
    }
    return messages.subList(from, messages.size());
  }

  TenantId tenant() {
    return tenant;
  }

  long storedBytes() {
    return messages.stream().mapToLong(Message::storedBytes).sum();
  }

  long lastSeq() {
    return lastSeq;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }
}
