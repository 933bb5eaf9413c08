package io.tidegate.broker;

import io.tidegate.channel.Draft;
import io.tidegate.channel.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A message as it lies in Redis and travels between nodes, but for its seq and time, which come
 * from the server: a version byte, a byte of flags that says which fields there are, each field
 * with its length in four bytes, and the data. A version is read by the release before it too:
 * fields are added under new flags, which old readers refuse to meet, so a release that reads them
 * comes first.
 */
final class MessageBytes {
  private static final byte VERSION = 1;
  private static final int NAME = 1;
  private static final int ENCODING = 2;
  private static final int CLIENT_ID = 4;
  private static final int CONNECTION_ID = 8;
  private static final int HEADERS = 16;
  private static final int EXCLUDE = 32;
  private static final int LENGTH = 4;

  private MessageBytes() {}

  static byte[] of(Draft draft) {
    return of(draft.numbered(0, 0));
  }

  static byte[] of(Message message) {
    byte[][] fields = {
      utf8(message.name()),
      utf8(message.encoding()),
      utf8(message.clientId()),
      utf8(message.connectionId()),
      message.headers(),
      utf8(message.exclude())
    };
    byte[] id = message.id().getBytes(StandardCharsets.UTF_8);
    int size = 2 + LENGTH + id.length + message.data().length;
    int flags = 0;
    for (int i = 0; i < fields.length; i++) {
      byte[] field = fields[i];
      if (field != null) {
        flags |= 1 << i;
        size += LENGTH + field.length;
      }
    }
    ByteBuffer out = ByteBuffer.allocate(size).put(VERSION).put((byte) flags);
    out.putInt(id.length).put(id);
    for (byte[] field : fields) {
      if (field != null) {
        out.putInt(field.length).put(field);
      }
    }
    return out.put(message.data()).array();
  }

  /** Reads all that is left. */
  static Message read(ByteBuffer in, long seq, long millis) {
    byte version = in.get();
    int flags = in.get();
    if (version != VERSION || flags >= EXCLUDE << 1 || flags < 0) {
      throw new IllegalArgumentException("a message of another version: " + version + "/" + flags);
    }
    String id = new String(field(in), StandardCharsets.UTF_8);
    String name = text(in, flags & NAME);
    String encoding = text(in, flags & ENCODING);
    String clientId = text(in, flags & CLIENT_ID);
    String connectionId = text(in, flags & CONNECTION_ID);
    byte[] headers = (flags & HEADERS) == 0 ? null : field(in);
    String exclude = text(in, flags & EXCLUDE);
    byte[] data = new byte[in.remaining()];
    in.get(data);
    return new Message(
        seq, id, name, data, encoding, clientId, connectionId, millis, headers, exclude);
  }

  private static @Nullable String text(ByteBuffer in, int present) {
    return present == 0 ? null : new String(field(in), StandardCharsets.UTF_8);
  }

  private static byte[] field(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a field of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static byte @Nullable [] utf8(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
