package io.tidegate.frame;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one flat JSON object into a growing array. Field names are literals of ours and go in
 * unescaped; string values are escaped by Jackson; raw values are JSON already.
 */
final class JsonWriter {
  private static final JsonStringEncoder ESCAPES = JsonStringEncoder.getInstance();

  private byte[] bytes;
  private int length;
  private boolean first = true;

  JsonWriter(int expected) {
    bytes = new byte[Math.max(32, expected)];
    put((byte) '{');
  }

  JsonWriter string(String name, @Nullable String value) {
    if (value != null) {
      name(name);
      put((byte) '"');
      if (isPlain(value)) {
        ascii(value);
      } else {
        raw(ESCAPES.quoteAsUTF8(value));
      }
      put((byte) '"');
    }
    return this;
  }

  JsonWriter number(String name, long value) {
    name(name);
    ascii(Long.toString(value));
    return this;
  }

  JsonWriter number(String name, @Nullable Long value) {
    return value == null ? this : number(name, value.longValue());
  }

  JsonWriter bool(String name, boolean value) {
    name(name);
    ascii(value ? "true" : "false");
    return this;
  }

  JsonWriter nul(String name) {
    name(name);
    ascii("null");
    return this;
  }

  JsonWriter strings(String name, List<String> values) {
    name(name);
    byte separator = '[';
    for (String value : values) {
      put(separator);
      raw(quoted(value));
      separator = ',';
    }
    if (values.isEmpty()) {
      put(separator);
    }
    put((byte) ']');
    return this;
  }

  /** A value that is JSON already. */
  JsonWriter json(String name, byte @Nullable [] value) {
    if (value != null) {
      name(name);
      raw(value);
    }
    return this;
  }

  byte[] finish() {
    put((byte) '}');
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  static byte[] quoted(String value) {
    byte[] escaped = ESCAPES.quoteAsUTF8(value);
    byte[] out = new byte[escaped.length + 2];
    out[0] = '"';
    System.arraycopy(escaped, 0, out, 1, escaped.length);
    out[out.length - 1] = '"';
    return out;
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c >= 0x7F || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private void name(String name) {
    if (!first) {
      put((byte) ',');
    }
    first = false;
    put((byte) '"');
    ascii(name);
    put((byte) '"');
    put((byte) ':');
  }

  @SuppressWarnings("deprecation") // copies the low bytes: exact and fastest for ASCII
  private void ascii(String text) {
    int n = text.length();
    ensure(n);
    text.getBytes(0, n, bytes, length);
    length += n;
  }

  private void raw(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  private void put(byte b) {
    ensure(1);
    bytes[length++] = b;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
