package io.tidegate.sdk;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message that was received or read. Implemented by the SDK alone. */
public interface Message {
  /** The channel's name. */
  String channel();

  /** Its epoch and number. */
  Position position();

  /** Unique in its channel. */
  String id();

  /** The kind of message. */
  Optional<String> name();

  /** Who published it. */
  Optional<String> clientId();

  /** The connection that published it. */
  Optional<String> connectionId();

  /** When it was accepted, by the gateway's clock. */
  Instant timestamp();

  /** What its publisher added, in its order. */
  Map<String, String> headers();

  /**
   * What {@code data} is: empty for JSON, {@code base64} for bytes, {@code cipher+…} for what could
   * not be decrypted. What was decrypted is told as what was encrypted.
   */
  Optional<String> encoding();

  /** Why there is no data: it could not be decrypted. Each way to the data throws it. */
  Optional<TidegateException> error();

  /** The data as JSON text. */
  String json();

  /** The data as maps, lists, text, numbers, booleans or null. */
  @Nullable Object data();

  /** The data as the client's {@link JsonMapper} reads it. */
  <T> @Nullable T data(Class<T> type);

  /** The bytes of data that was published as bytes. */
  byte[] bytes();
}
