package io.tidegate.hub;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.frame.WireFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of messages of one channel, gapless and in order, whose bytes are made once per wire format
 * and shared by everyone they go to. Lives on one event loop; released by whoever made it.
 */
public final class Batch {
  private final List<EncodedMessage> messages;
  private final boolean personal;
  private final boolean traced;
  private final List<WireFormat> formats = new ArrayList<>(1);
  private final List<ByteBuf> encoded = new ArrayList<>(1);

  Batch(List<EncodedMessage> messages) {
    this.messages = messages;
    boolean some = false;
    boolean anyTraced = false;
    for (EncodedMessage message : messages) {
      some |= message.isPersonal();
      anyTraced |= message.trace() != null;
    }
    this.personal = some;
    this.traced = anyTraced;
  }

  public List<EncodedMessage> messages() {
    return messages;
  }

  public int size() {
    return messages.size();
  }

  public long firstSeq() {
    return messages.getFirst().seq();
  }

  public long lastSeq() {
    return messages.getLast().seq();
  }

  /** What the messages have as JSON, in bytes, whatever format they go out in. */
  long jsonBytes() {
    long sum = 0;
    for (EncodedMessage message : messages) {
      sum += message.json().length;
    }
    return sum;
  }

  /** Whether some message may not be for every connection. */
  public boolean isPersonal() {
    return personal;
  }

  /** Whether some message ends a traced unit. */
  boolean isTraced() {
    return traced;
  }

  /** All messages in the format; the caller owns the returned reference. */
  public ByteBuf bytes(WireFormat format) {
    if (!format.isShared()) {
      return encode(format);
    }
    for (int i = 0; i < formats.size(); i++) {
      if (formats.get(i) == format) {
        return encoded.get(i).retainedDuplicate();
      }
    }
    ByteBuf bytes = encode(format);
    formats.add(format);
    encoded.add(bytes);
    return bytes.retainedDuplicate();
  }

  private ByteBuf encode(WireFormat format) {
    int size = 0;
    for (EncodedMessage message : messages) {
      size += message.json().length + 64;
    }
    ByteBuf out = ByteBufAllocator.DEFAULT.ioBuffer(size);
    for (EncodedMessage message : messages) {
      format.write(message, out);
    }
    return out;
  }

  void release() {
    encoded.forEach(ByteBuf::release);
    encoded.clear();
    formats.clear();
  }
}
