package io.tidegate.channel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A message not numbered yet; components as in {@link Message}. Its id is always set: the
 * publisher's, or one the node made.
 *
 * @param madeId whether the node made the id: then no retry can ask for it again, as nobody knew it
 *     before the answer
 * @param asked the digest of what its publisher sent, where a hook has made another message of it:
 *     a retry is known by what was sent; null where it is as it was sent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the digest is what identifies it
public record Draft(
    String id,
    @Nullable String name,
    byte[] data,
    @Nullable String encoding,
    @Nullable String clientId,
    @Nullable String connectionId,
    byte @Nullable [] headers,
    @Nullable String exclude,
    boolean madeId,
    byte @Nullable [] asked) {

  /** A draft that is as it was sent. */
  public Draft(
      String id,
      @Nullable String name,
      byte[] data,
      @Nullable String encoding,
      @Nullable String clientId,
      @Nullable String connectionId,
      byte @Nullable [] headers,
      @Nullable String exclude,
      boolean madeId) {
    this(id, name, data, encoding, clientId, connectionId, headers, exclude, madeId, null);
  }

  /** A draft with its publisher's own id. */
  public Draft(
      String id,
      @Nullable String name,
      byte[] data,
      @Nullable String encoding,
      @Nullable String clientId,
      @Nullable String connectionId,
      byte @Nullable [] headers,
      @Nullable String exclude) {
    this(id, name, data, encoding, clientId, connectionId, headers, exclude, false);
  }

  /** The same publish with the content of another draft; still known as what was sent. */
  public Draft withContentOf(Draft other) {
    return new Draft(
        id,
        other.name,
        other.data,
        other.encoding,
        clientId,
        connectionId,
        other.headers,
        exclude,
        madeId,
        digest());
  }

  /**
   * The first 16 bytes of SHA-256 over name, data, clientId, encoding and headers: the same id with
   * another digest is a conflict, with the same one a retry.
   */
  public byte[] digest() {
    if (asked != null) {
      return asked;
    }
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      add(sha, utf8(name));
      add(sha, data);
      add(sha, utf8(clientId));
      add(sha, utf8(encoding));
      add(sha, headers);
      return java.util.Arrays.copyOf(sha.digest(), 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  public Message numbered(long seq, long timestamp) {
    return new Message(
        seq, id, name, data, encoding, clientId, connectionId, timestamp, headers, exclude);
  }

  /** As {@link Message#size}. */
  public int size() {
    return Message.size(name, data, headers);
  }

  public int weight() {
    return numbered(0, 0).weight();
  }

  private static byte @Nullable [] utf8(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Length first, -1 for absent, so that no two field splits give one digest. */
  private static void add(MessageDigest sha, byte @Nullable [] bytes) {
    int length = bytes == null ? -1 : bytes.length;
    for (int shift = 24; shift >= 0; shift -= 8) {
      sha.update((byte) (length >>> shift));
    }
    if (bytes != null) {
      sha.update(bytes);
    }
  }
}
