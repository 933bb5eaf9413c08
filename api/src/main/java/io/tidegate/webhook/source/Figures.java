package io.tidegate.webhook.source;

import java.util.concurrent.atomic.LongAdder;

/** What webhooks were told of messages in windows, by this node since its start. */
public final class Figures {
  private final LongAdder messages = new LongAdder();
  private final LongAdder missed = new LongAdder();
  private final LongAdder postponed = new LongAdder();

  void told(long many, long gone) {
    messages.add(many);
    missed.add(gone);
  }

  void postpone() {
    postponed.increment();
  }

  void lost(long many) {
    missed.add(many);
  }

  /** Messages queued for webhooks. */
  public long messages() {
    return messages.sum();
  }

  /** Messages that nobody kept until they could be queued. */
  public long missed() {
    return missed.sum();
  }

  /** Publishes answered before what they brought was queued. */
  public long postponed() {
    return postponed.sum();
  }
}
