package io.tidegate.simulation;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.Position;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.channel.Trail;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store of one channel that all nodes share: it can be away, lose everything, or go back. */
final class SimStore implements ChannelStore {
  /** So few that a reader who was away for a while finds the trail incomplete. */
  private static final int TRAIL = 6;

  private final ChannelId channel;
  private final int window;
  private final boolean reusesEpochs;
  private final List<EpochStart> epochs = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, Long> ids = new HashMap<>();
  private final List<Position> trail = new ArrayList<>();
  private boolean known;
  private long last;
  private long millis = 1_700_000_000_000L;
  private int epochsMade;

  /** Another after a restart, as a replication id or a generation is. */
  private int server;

  /** The number of the trail's last entry. */
  private long entries;

  private boolean away;

  /**
   * @param window how many messages are kept
   */
  SimStore(ChannelId channel, int window, boolean reusesEpochs) {
    this.channel = channel;
    this.window = window;
    this.reusesEpochs = reusesEpochs;
  }

  void pass(long time) {
    millis += time;
  }

  void away(boolean now) {
    away = now;
  }

  boolean isAway() {
    return away;
  }

  Published append(List<Draft> drafts) {
    requireThere();
    begin();
    List<Published.Item> items = new ArrayList<>();
    List<Message> fresh = new ArrayList<>();
    for (Draft draft : drafts) {
      Long seq = ids.get(draft.id());
      if (seq == null) {
        seq = ++last;
        fresh.add(draft.numbered(seq, millis));
        ids.put(draft.id(), seq);
      }
      items.add(new Published.Item(draft.id(), seq));
    }
    messages.addAll(fresh);
    while (messages.size() > window) {
      messages.removeFirst();
    }
    if (!fresh.isEmpty()) {
      trace();
    }
    return new Published(epoch(), items, fresh);
  }

  /** Where the channel is; it has begun. */
  Position position() {
    return new Position(epoch(), last);
  }

  boolean isKnown() {
    return known;
  }

  /** Restarts with nothing. */
  void restartEmpty() {
    known = false;
    last = 0;
    messages.clear();
    ids.clear();
    restart();
    if (!reusesEpochs) {
      epochs.clear();
    }
  }

  /** Restarts from a copy that lacks the newest messages, and says so by a new epoch. */
  void restartFromCopy(int lost) {
    last = Math.max(0, last - lost);
    messages.removeIf(message -> message.seq() > last);
    ids.values().removeIf(seq -> seq > last);
    restart();
    if (known) {
      beginEpoch();
    }
  }

  private void restart() {
    server++;
    trail.clear();
    entries = 0;
  }

  private void begin() {
    if (!known) {
      known = true;
      if (epochs.isEmpty()) {
        beginEpoch();
      }
    }
  }

  private EpochStart beginEpoch() {
    EpochStart start = new EpochStart(new Epoch("e" + ++epochsMade), last + 1);
    epochs.add(start);
    if (epochs.size() > Head.MAX_EPOCHS) {
      epochs.removeFirst();
    }
    return start;
  }

  private void trace() {
    trail.add(position());
    entries++;
    if (trail.size() > TRAIL) {
      trail.removeFirst();
    }
  }

  private Epoch epoch() {
    return epochs.getLast().epoch();
  }

  private void requireThere() {
    if (away) {
      throw RefusedException.retryAfter(Refusal.STORE_UNAVAILABLE, "the store is away", 1_000);
    }
  }

  @Override
  public Optional<Head> head(ChannelId of, Retention keep) {
    requireThere();
    if (!known) {
      return Optional.empty();
    }
    boolean none = messages.isEmpty() || keep.messages() == 0;
    return Optional.of(new Head(epochs, none ? last + 1 : messages.getFirst().seq(), last));
  }

  @Override
  public Head open(TenantId tenant, ChannelId of, Retention keep) {
    requireThere();
    begin();
    return head(of, keep).orElseThrow();
  }

  @Override
  public List<Message> readForward(ChannelId of, long from, int limit, Retention keep) {
    requireThere();
    return messages.stream().filter(message -> message.seq() >= from).limit(limit).toList();
  }

  @Override
  public List<Message> readBackward(ChannelId of, long from, int limit, Retention keep) {
    requireThere();
    return messages.reversed().stream().filter(m -> m.seq() <= from).limit(limit).toList();
  }

  @Override
  public long seqAt(ChannelId of, long at, Retention keep) {
    requireThere();
    return messages.stream()
        .filter(message -> message.timestamp() >= at)
        .findFirst()
        .map(Message::seq)
        .orElse(last + 1);
  }

  @Override
  public EpochStart renew(TenantId tenant, ChannelId of, long floorSeq) {
    requireThere();
    known = true;
    last = Math.max(last, floorSeq);
    messages.clear();
    ids.clear();
    EpochStart start = beginEpoch();
    trace();
    return start;
  }

  @Override
  public long leave(TenantId tenant, ChannelId of, Durability left) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean shun(TenantId tenant, ChannelId of, Durability old) {
    throw new UnsupportedOperationException();
  }

  @Override
  public EpochStart arrive(
      TenantId tenant, ChannelId of, Durability as, long change, long floorSeq) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void supersede(TenantId tenant, ChannelId of, Epoch outrun) {
    requireThere();
    if (known && epoch().equals(outrun)) {
      beginEpoch();
      trace();
    }
  }

  @Override
  public void forget(ChannelId of) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ChannelName> list(AppId app, String prefix, String after, int limit) {
    throw new UnsupportedOperationException();
  }

  /** Another reader of the trail. */
  Trail reader() {
    return new Reader();
  }

  private final class Reader implements Trail {
    private int readServer = -1;
    private long read;

    @Override
    public Step next() {
      requireThere();
      boolean complete = readServer == server && entries - read <= trail.size() && read <= entries;
      Map<ChannelId, Position> changed = new HashMap<>();
      if (complete && entries > read) {
        changed.put(channel, trail.getLast());
      }
      readServer = server;
      read = entries;
      return new Step(changed, complete);
    }

    @Override
    public Positions positions(List<ChannelId> channels) {
      requireThere();
      return new Positions(known ? Map.of(channel, position()) : Map.of(), Set.of());
    }
  }
}
