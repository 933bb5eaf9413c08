package io.tidegate.sdk.internal.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Paths and queries, percent-encoded (RFC 3986). */
public final class Paths {
  private Paths() {}

  /** {@code template} with each {@code {}} replaced by one segment. */
  public static String of(String template, String... segments) {
    StringBuilder path = new StringBuilder(template.length() + 32);
    int from = 0;
    for (String segment : segments) {
      int hole = template.indexOf("{}", from);
      path.append(template, from, hole).append(encode(segment));
      from = hole + 2;
    }
    return path.append(template, from, template.length()).toString();
  }

  /** The path with a query parameter more; the same when there is no value. */
  public static String query(String path, String name, @Nullable Object value) {
    if (value == null) {
      return path;
    }
    return path + (path.indexOf('?') < 0 ? '?' : '&') + name + '=' + encode(value.toString());
  }

  private static String encode(String text) {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    // Alone in a segment, dots would be taken for steps; encoded by RFC 3986 they still are, so
    // none may be alone.
    if (encoded.equals(".") || encoded.equals("..")) {
      throw new IllegalArgumentException("a path cannot name '" + text + "'");
    }
    return encoded;
  }
}
