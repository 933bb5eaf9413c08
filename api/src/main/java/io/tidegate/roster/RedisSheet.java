package io.tidegate.roster;

import io.tidegate.channel.AppId;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What one node has told of one app: an index of names in their order, and a value for each. Both
 * keys live where the app's others do; the app's number and the lease are all that is in them.
 *
 * @param index a sorted set
 * @param values a hash
 */
record RedisSheet(String index, String values) {
  /** What there are sheets of. */
  enum Kind {
    CONNECTIONS("c"),
    SUBSCRIBERS("s");

    private final String letter;

    Kind(String letter) {
      this.letter = letter;
    }
  }

  static RedisSheet of(Kind kind, AppId app, String lease) {
    String base = "{tgr" + app.value() + "}:" + kind.letter + ":" + lease;
    return new RedisSheet(base + ":i", base + ":v");
  }

  List<String> keys() {
    return List.of(index, values);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
