package io.tidegate.bench.scenario;

import io.tidegate.sdk.ConnectionState;
import io.tidegate.sdk.Discontinuity;
import io.tidegate.sdk.Message;
import io.tidegate.sdk.MessageListener;
import io.tidegate.sdk.Tidegate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One client that reads a channel from its first message on, and looks at each. */
final class SdkReader implements MessageListener {
  /** Guarded by this, all of it. */
  private long last;

  private long slowestNanos;
  private final List<String> faults = new ArrayList<>();

  /** Subscribed when this returns. */
  static SdkReader of(Tidegate client, String channel) throws Exception {
    SdkReader reader = new SdkReader();
    client.channel(channel).subscribe(reader).ready().get(60, TimeUnit.SECONDS);
    client
        .connection()
        .onStateChange(
            change -> {
              if (change.current() == ConnectionState.DISCONNECTED) {
                reader.fault("it was disconnected: " + change.reason());
              }
            });
    return reader;
  }

  @Override
  public synchronized void onMessage(Message message) {
    long seq = message.position().seq();
    if (seq != last + 1) {
      faults.add(last + " is followed by " + seq);
    }
    last = seq;
    String data = String.valueOf(message.data());
    long sent = Long.parseLong(data, 0, data.indexOf(' '), 10);
    slowestNanos = Math.max(slowestNanos, System.nanoTime() - sent);
  }

  @Override
  public void onDiscontinuity(Discontinuity jump) {
    fault("discontinuity: " + jump);
  }

  private synchronized void fault(String what) {
    faults.add(what);
  }

  synchronized long received() {
    return last;
  }

  synchronized boolean has(long count) {
    return last >= count;
  }

  /** From publish to here, the longest since this was asked before. */
  synchronized double takeSlowestMs() {
    double slowest = slowestNanos / 1e6;
    slowestNanos = 0;
    return slowest;
  }

  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  @Override
  public String toString() {
    return Long.toString(received());
  }
}
