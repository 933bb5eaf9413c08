package io.tidegate.edge;

import io.tidegate.auth.Seal;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The opaque ids of streams: a seal over app and channels, then for each channel a {@link Mark} as
 * four bytes and a varint, in base64url. Says where a stream of these channels stands, and that it
 * was ours.
 */
public final class StreamIds {
  private static final int SEAL_BYTES = 8;
  private static final int VARINT_MORE = 0x80;

  private final Seal seal;

  public StreamIds(Seal seal) {
    this.seal = seal;
  }

  /** What every id of a stream begins with. */
  public byte[] sealOf(AppId app, List<ChannelName> channels) {
    String[] parts = new String[channels.size() + 1];
    parts[0] = app.value();
    for (int i = 0; i < channels.size(); i++) {
      parts[i + 1] = channels.get(i).value();
    }
    return seal.over(SEAL_BYTES, parts);
  }

  /** The id of a stream whose channels stand at these marks, in the order they were named. */
  public static String write(byte[] sealOfStream, Iterable<Mark> marks) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(32);
    bytes.writeBytes(sealOfStream);
    for (Mark mark : marks) {
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(mark.tag()).array());
      long rest = mark.seq();
      while (rest >= VARINT_MORE) {
        bytes.write((int) (rest & 0x7F) | VARINT_MORE);
        rest >>>= 7;
      }
      bytes.write((int) rest);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /**
   * The marks of an id, one per channel.
   *
   * @throws RefusedException POSITION_INVALID unless it was made for a stream of this app and these
   *     channels, in this order
   */
  public List<Mark> read(String id, AppId app, List<ChannelName> channels) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(id));
      byte[] given = new byte[SEAL_BYTES];
      bytes.get(given);
      if (!java.security.MessageDigest.isEqual(given, sealOf(app, channels))) {
        throw foreign();
      }
      List<Mark> marks = new ArrayList<>(channels.size());
      for (int i = 0; i < channels.size(); i++) {
        marks.add(new Mark(bytes.getInt(), varint(bytes)));
      }
      if (bytes.hasRemaining()) {
        throw foreign();
      }
      return marks;
    } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
      throw foreign();
    }
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
      byte next = bytes.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw foreign();
  }

  private static RefusedException foreign() {
    return new RefusedException(
        Refusal.POSITION_INVALID, "the position is not one of a stream of these channels");
  }
}
