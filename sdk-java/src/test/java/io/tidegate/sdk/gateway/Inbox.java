package io.tidegate.sdk.gateway;

import static org.awaitility.Awaitility.await;

import io.tidegate.sdk.Discontinuity;
import io.tidegate.sdk.Message;
import io.tidegate.sdk.MessageListener;
import io.tidegate.sdk.TidegateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What one subscription was told, in order; also whether two calls overlapped, which they may not.
 */
public final class Inbox implements MessageListener {
  /** Ample, for a busy machine; nothing waits for its end unless something is wrong. */
  public static final Duration PATIENCE = Duration.ofSeconds(90);

  private final List<Message> messages = new ArrayList<>();
  private final List<Discontinuity> jumps = new ArrayList<>();
  private final List<TidegateException> ends = new ArrayList<>();

  @Override
  public synchronized void onMessage(Message message) {
    messages.add(message);
  }

  @Override
  public synchronized void onDiscontinuity(Discontinuity jump) {
    jumps.add(jump);
  }

  @Override
  public synchronized void onEnd(TidegateException reason) {
    ends.add(reason);
  }

  public synchronized List<Message> messages() {
    return List.copyOf(messages);
  }

  public List<String> texts() {
    return messages().stream().map(Message::json).toList();
  }

  public List<Long> seqs() {
    return messages().stream().map(message -> message.position().seq()).toList();
  }

  public synchronized List<Discontinuity> jumps() {
    return List.copyOf(jumps);
  }

  public synchronized List<TidegateException> ends() {
    return List.copyOf(ends);
  }

  /** Waits for so many messages. */
  public void awaitCount(int count) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> messages().size() >= count);
  }
}
