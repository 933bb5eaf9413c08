package io.tidegate.broker;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of windows as they lie in Redis. One that this release cannot read is left out, and
 * the log says so: whoever reads there finds a hole in the seqs, of which subscribers are told like
 * of any other loss.
 */
final class RedisEntries {
  /** What {@link #seq} says of an entry that does not even begin like one. */
  static final long NO_SEQ = -1;

  /** A storm of reconnects reads the same window thousands of times a second. */
  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final Logger LOG = LoggerFactory.getLogger(RedisEntries.class);

  private final AtomicLong told = new AtomicLong(System.nanoTime() - 2 * TELL_NANOS);

  List<Message> readable(ChannelId channel, List<Object> entries) {
    List<Message> messages = new ArrayList<>(entries.size());
    for (Object entry : entries) {
      try {
        messages.add(Envelope.entry(ByteBuffer.wrap((byte[]) entry)));
      } catch (RuntimeException e) {
        leftOut(channel, seq(entry), e);
      }
    }
    return messages;
  }

  static long seq(Object entry) {
    byte[] bytes = (byte[]) entry;
    return bytes.length < Long.BYTES ? NO_SEQ : ByteBuffer.wrap(bytes).getLong();
  }

  private void leftOut(ChannelId channel, long seq, RuntimeException why) {
    long now = System.nanoTime();
    long before = told.get();
    if (now - before > TELL_NANOS && told.compareAndSet(before, now)) {
      LOG.error(
          "message {} of a channel of app {} cannot be read and is left out; others may be, too",
          seq,
          channel.app().value(),
          why);
    }
  }
}
