package io.tidegate.frame;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Spelling of members of a presence set, over REST too. */
public final class MemberJson {
  private MemberJson() {}

  /**
   * @param data JSON text
   */
  public static byte[] item(String clientId, String connectionId, @Nullable String data) {
    return new JsonWriter(96 + (data == null ? 0 : data.length()))
        .string("clientId", clientId)
        .string("connectionId", connectionId)
        .json("data", data == null ? null : data.getBytes(StandardCharsets.UTF_8))
        .finish();
  }

  public static byte[] array(List<byte[]> items) {
    ByteArrayOutputStream json = new ByteArrayOutputStream(256);
    json.write('[');
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        json.write(',');
      }
      json.writeBytes(items.get(i));
    }
    json.write(']');
    return json.toByteArray();
  }

  /** {@code {version, count, items, next}}: the answer over REST. */
  public static byte[] page(long version, long count, byte[] items, @Nullable String next) {
    JsonWriter json =
        new JsonWriter(items.length + 128)
            .number("version", version)
            .number("count", count)
            .json("items", items);
    return (next == null ? json.nul("next") : json.string("next", next)).finish();
  }

  /** How a key goes over the wire: opaque. */
  public static String cursor(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws IllegalArgumentException when it cannot be read
   */
  public static String keyOf(String cursor) {
    return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
  }
}
