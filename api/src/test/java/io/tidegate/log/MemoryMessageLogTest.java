package io.tidegate.log;

import io.tidegate.channel.ChannelId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class MemoryMessageLogTest extends MessageLogContract {
  private final AtomicLong now = new AtomicLong(1_700_000_000_000L);
  private final MemoryMessageLog log = new MemoryMessageLog(now::get);

  @Override
  MessageLog log() {
    return log;
  }

  @Override
  void age(ChannelId channel, Duration by) {
    now.addAndGet(by.toMillis());
  }
}
