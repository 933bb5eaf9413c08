package io.tidegate.edge;

import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A position as stream ids carry it: four bytes that stand for the epoch, and the seq.
 *
 * @param tag the first four bytes of the epoch's SHA-256
 */
public record Mark(int tag, long seq) {
  /** A channel that has not begun in its stream yet: no position has this mark. */
  public static final Mark NOWHERE = new Mark(0, 0);

  /** An epoch that no channel has: what a tag that is not known stands for. */
  private static final Epoch UNKNOWN = new Epoch("unknown");

  public static Mark of(Position position) {
    return new Mark(tag(position.epoch()), position.seq());
  }

  /** The position this stands for in a channel with this head. */
  public Position in(Head head) {
    for (EpochStart start : head.epochs()) {
      if (tag(start.epoch()) == tag) {
        return new Position(start.epoch(), seq);
      }
    }
    return new Position(UNKNOWN, seq);
  }

  private static int tag(Epoch epoch) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(epoch.value().getBytes(StandardCharsets.US_ASCII));
      return ByteBuffer.wrap(digest).getInt();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
