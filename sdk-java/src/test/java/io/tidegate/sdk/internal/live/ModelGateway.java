package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Position;
import io.tidegate.sdk.internal.json.JsonTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A gateway with one channel, in memory: it keeps what the protocol makes it keep, and its line
 * loses, repeats and breaks as it is told to.
 */
final class ModelGateway implements Wire {
  private record Item(String epoch, long seq) {}

  private final Random random;
  private final Requests requests = new Requests();
  private final Map<Position, String> published = new HashMap<>();
  private final Queue<String> line = new ArrayDeque<>();
  private final List<Item> kept = new ArrayList<>();
  private @Nullable Feed feed;
  private String epoch = "e0";
  private long seq;
  private boolean open = true;
  private boolean subscribed;
  private boolean misbehaves;

  ModelGateway(Random random) {
    this.random = random;
  }

  void serve(Feed to) {
    feed = to;
  }

  private Feed feed() {
    return Objects.requireNonNull(feed);
  }

  Position head() {
    return new Position(epoch, seq);
  }

  @Nullable String idAt(Position position) {
    return published.get(position);
  }

  void publish(int count) {
    for (int i = 0; i < count; i++) {
      Item item = new Item(epoch, ++seq);
      published.put(new Position(epoch, seq), "m" + seq + epoch);
      kept.add(item);
      if (subscribed) {
        send(item);
      }
    }
  }

  private void send(Item item) {
    int fate = misbehaves ? random.nextInt(8) : 7;
    if (fate == 0) {
      return; // A message that the line swallows, against the protocol.
    }
    String own = item.epoch().equals(epoch) ? "" : ",\"epoch\":\"" + item.epoch() + "\"";
    String text =
        "{\"type\":\"message\",\"channel\":\"c\",\"seq\":%d,\"id\":\"m%d%s\",\"data\":1,\"timestamp\":1%s}"
            .formatted(item.seq(), item.seq(), item.epoch(), own);
    line.add(text);
    if (fate == 1) {
      line.add(text);
    }
  }

  /** Old messages are no longer kept. */
  void forget() {
    int count = random.nextInt(kept.size() + 1);
    kept.subList(0, count).clear();
  }

  /** The store was lost: another epoch, and nothing of before. */
  void beginAnew() {
    Position before = head();
    epoch = "e" + (Integer.parseInt(epoch.substring(1)) + 1);
    kept.clear();
    if (subscribed) {
      line.add(
          "{\"type\":\"discontinuity\",\"channel\":\"c\",\"epoch\":\"%s\",\"seq\":%d,\"from\":{\"epoch\":\"%s\",\"seq\":%d},\"missed\":0,\"reason\":\"epoch\"}"
              .formatted(epoch, seq, before.epoch(), before.seq()));
    }
  }

  void misbehave() {
    misbehaves = true;
  }

  void behave() {
    misbehaves = false;
  }

  void cut() {
    if (open) {
      open = false;
      subscribed = false;
      line.clear();
      requests.clear();
      feed().detached();
    }
  }

  void reconnect() {
    cut();
    open = true;
    feed().attached();
  }

  void deliver(int frames) {
    for (int i = 0; i < frames && !line.isEmpty(); i++) {
      Frame frame = Frame.read(line.remove());
      switch (frame.type) {
        case "message" -> feed().message(frame);
        case "subscribed" -> feed().subscribed(frame);
        default -> feed().discontinuity(frame);
      }
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void send(String frame) {
    Map<?, ?> map = (Map<?, ?>) Objects.requireNonNull(JsonTree.parse(frame));
    if ("unsubscribe".equals(map.get("type"))) {
      subscribed = false;
      return;
    }
    if (subscribed) {
      throw new IllegalStateException("40904: subscribed already");
    }
    subscribed = true;
    begin(String.valueOf(map.get("id")), map);
  }

  private void begin(String id, Map<?, ?> map) {
    long oldest = kept.isEmpty() ? seq : kept.get(0).seq() - 1;
    long from = seq;
    String reason = "";
    if (map.get("since") instanceof Map<?, ?> since) {
      long asked = (long) Objects.requireNonNull(since.get("seq"));
      boolean known = epoch.equals(since.get("epoch"));
      from = known && asked >= oldest ? asked : oldest;
      reason = known ? from == asked ? "" : "retention" : "epoch";
    } else if (map.get("rewind") instanceof Long back) {
      from = Math.max(oldest, seq - back);
    }
    line.add(
        "{\"type\":\"subscribed\",\"id\":\"%s\",\"channel\":\"c\",\"epoch\":\"%s\",\"seq\":%d,\"resumed\":%b%s}"
            .formatted(
                id,
                epoch,
                from,
                reason.isEmpty(),
                reason.isEmpty() ? "" : ",\"reason\":\"" + reason + "\""));
    for (Item item : List.copyOf(kept)) {
      if (item.seq() > from) {
        send(item);
      }
    }
  }

  @Override
  public Requests requests() {
    return requests;
  }

  @Override
  public void later(long ms, Runnable task) {
    throw new IllegalStateException("nothing is refused here");
  }

  @Override
  public void unsubscribed(String channel) {
    // Nobody is present.
  }
}
