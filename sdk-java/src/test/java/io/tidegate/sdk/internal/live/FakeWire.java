package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.internal.json.JsonTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A line that keeps what is sent, for a test to answer. */
final class FakeWire implements Wire {
  private final Requests requests = new Requests();
  private final List<Runnable> later = new ArrayList<>();
  final Deque<Map<?, ?>> sent = new ArrayDeque<>();
  boolean open = true;

  /** The frame sent first that was not taken yet. */
  Map<?, ?> take() {
    return sent.remove();
  }

  void reply(Map<?, ?> frame) {
    answer("{\"type\":\"reply\",\"id\":\"" + frame.get("id") + "\",\"channel\":\"c\"}");
  }

  void refuse(Map<?, ?> frame, int code) {
    answer(
        "{\"type\":\"error\",\"id\":\"%s\",\"channel\":\"c\",\"code\":%d,\"message\":\"no\"}"
            .formatted(frame.get("id"), code));
  }

  private void answer(String text) {
    if (!requests.answered(Frame.read(text))) {
      throw new IllegalStateException("nobody waits for " + text);
    }
  }

  /** Runs what was put off. */
  void runLater() {
    List<Runnable> due = List.copyOf(later);
    later.clear();
    due.forEach(Runnable::run);
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void send(String frame) {
    sent.add((Map<?, ?>) Objects.requireNonNull(JsonTree.parse(frame)));
  }

  @Override
  public Requests requests() {
    return requests;
  }

  @Override
  public void later(long ms, Runnable task) {
    later.add(task);
  }

  @Override
  public void unsubscribed(String channel) {
    // Nobody is present.
  }
}
