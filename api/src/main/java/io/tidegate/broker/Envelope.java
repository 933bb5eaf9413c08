package io.tidegate.broker;

import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What is published to a channel's subscribers on other nodes: a version byte, a kind byte, eight
 * bytes that name the node it comes from (0: a script), the epoch with its length in one byte, then
 *
 * <ul>
 *   <li>messages: for each its length in four bytes, seq and ms in eight bytes, {@link
 *       MessageBytes};
 *   <li>an epoch that begins: its first seq in eight bytes, and why in one.
 * </ul>
 *
 * The scripts write the same.
 */
sealed interface Envelope {
  byte VERSION = 1;
  byte MESSAGES = 1;
  byte EPOCH = 2;

  /** A channel's presence may have changed; nothing else is said. */
  byte PRESENCE = 3;

  /** All before the epoch itself. */
  int HEAD = 2 + Long.BYTES + 1;

  /** Without holes, in seq order. */
  record Run(Epoch epoch, List<Message> messages) implements Envelope {}

  record Beginning(EpochStart next, EpochEnd reason) implements Envelope {}

  static byte[] of(long origin, Epoch epoch, List<Message> messages) {
    byte[] id = epoch.value().getBytes(StandardCharsets.US_ASCII);
    List<byte[]> bodies = messages.stream().map(MessageBytes::of).toList();
    int size = HEAD + id.length;
    for (byte[] body : bodies) {
      size += Integer.BYTES + 2 * Long.BYTES + body.length;
    }
    ByteBuffer out = begin(size, MESSAGES, origin, id);
    for (int i = 0; i < bodies.size(); i++) {
      Message message = messages.get(i);
      out.putInt(2 * Long.BYTES + bodies.get(i).length);
      out.putLong(message.seq()).putLong(message.timestamp()).put(bodies.get(i));
    }
    return out.array();
  }

  static byte[] of(long origin, EpochStart next, EpochEnd reason) {
    byte[] id = next.epoch().value().getBytes(StandardCharsets.US_ASCII);
    return begin(HEAD + id.length + Long.BYTES + 1, EPOCH, origin, id)
        .putLong(next.firstSeq())
        .put((byte) reason.ordinal())
        .array();
  }

  /**
   * @throws RuntimeException when it is of a version that this one does not know
   */
  static Envelope read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte version = in.get();
    byte kind = in.get();
    if (version != VERSION || (kind != MESSAGES && kind != EPOCH)) {
      throw new IllegalArgumentException("an envelope of another version: " + version + "/" + kind);
    }
    in.getLong();
    byte[] id = new byte[in.get()];
    in.get(id);
    Epoch epoch = new Epoch(new String(id, StandardCharsets.US_ASCII));
    if (kind == EPOCH) {
      return new Beginning(new EpochStart(epoch, in.getLong()), EpochEnd.values()[in.get()]);
    }
    List<Message> messages = new ArrayList<>();
    while (in.hasRemaining()) {
      int length = in.getInt();
      messages.add(entry(in.slice(in.position(), length)));
      in.position(in.position() + length);
    }
    return new Run(epoch, messages);
  }

  /** An entry of a window. */
  static Message entry(ByteBuffer in) {
    long seq = in.getLong();
    long millis = in.getLong();
    return MessageBytes.read(in, seq, millis);
  }

  static boolean isOfPresence(byte[] bytes) {
    return bytes.length >= HEAD && bytes[0] == VERSION && bytes[1] == PRESENCE;
  }

  /** Which node it comes from, without reading the rest. */
  static long origin(byte[] bytes) {
    return bytes.length < HEAD ? 0 : ByteBuffer.wrap(bytes).getLong(2);
  }

  private static ByteBuffer begin(int size, byte kind, long origin, byte[] epoch) {
    ByteBuffer out = ByteBuffer.allocate(size).put(VERSION).put(kind).putLong(origin);
    return out.put((byte) epoch.length).put(epoch);
  }
}
