package io.tidegate.channel;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One numbered message. Arrays are owned by the message and never changed.
 *
 * @param seq its number in the channel, from 1
 * @param id unique per channel; made by the node when the publisher gave none
 * @param name an event name, or null
 * @param data one JSON value as UTF-8, the publisher's own bytes (a raw CR or LF between tokens is
 *     a space, so that the text is always one line); a string is a JSON string
 * @param encoding null, {@code base64} or {@code cipher+...}: what a client does to read data
 * @param clientId who published, when known
 * @param connectionId the connection it was published on; null over REST
 * @param timestamp ms since 1970, given by the store, never by a node
 * @param headers a JSON object of strings as UTF-8, one line, or null
 * @param exclude a connection that is not to be sent this message, or null; never on the wire
 */
@SuppressWarnings("ArrayRecordComponent") // identity is (channel, epoch, seq); never compared
public record Message(
    long seq,
    String id,
    @Nullable String name,
    byte[] data,
    @Nullable String encoding,
    @Nullable String clientId,
    @Nullable String connectionId,
    long timestamp,
    byte @Nullable [] headers,
    @Nullable String exclude) {

  /** What its row in a durable store counts for beside its content: ids, times, indexes. */
  public static final int ROW_BYTES = 100;

  /** Bytes of data, name and headers: what sizes are limited by, and what usage counts. */
  public int size() {
    return size(name, data, headers);
  }

  /** What it counts for while a durable store holds it. */
  public long storedBytes() {
    return (long) size() + ROW_BYTES;
  }

  static int size(@Nullable String name, byte[] data, byte @Nullable [] headers) {
    return data.length
        + (headers == null ? 0 : headers.length)
        + (name == null ? 0 : name.getBytes(StandardCharsets.UTF_8).length);
  }

  /** What the message weighs in a bounded buffer, in bytes; object overhead is counted flat. */
  public int weight() {
    return 160
        + data.length
        + (name == null ? 0 : name.length())
        + id.length()
        + (headers == null ? 0 : headers.length);
  }
}
