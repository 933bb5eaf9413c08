package io.tidegate.sdk.internal.json;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values as JSON text, on one line. */
public final class JsonWriter {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private JsonWriter() {}

  /** One value's text. */
  public static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder(64);
    write(out, value, 0);
    return out.toString();
  }

  /** One string, quoted. */
  public static void string(StringBuilder out, CharSequence text) {
    Surrogates.checked(text.toString(), 0);
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= 0x20) {
        out.append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else {
        out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
    out.append('"');
  }

  private static void write(StringBuilder out, @Nullable Object value, int depth) {
    if (depth > JsonReader.MAX_DEPTH) {
      throw new JsonException("deeper than " + JsonReader.MAX_DEPTH);
    }
    if (value == null || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof CharSequence text) {
      string(out, text);
    } else if (value instanceof Raw raw) {
      out.append(raw.json());
    } else if (value instanceof Number number) {
      number(out, number);
    } else if (value instanceof Map<?, ?> map) {
      object(out, map, depth);
    } else if (value instanceof Iterable<?> items) {
      array(out, items, depth);
    } else if (value instanceof Optional<?> maybe) {
      write(out, maybe.isPresent() ? maybe.get() : null, depth);
    } else if (value instanceof Enum<?> one) {
      string(out, one.name());
    } else if (value instanceof Character || value instanceof Instant) {
      string(out, value.toString());
    } else if (value.getClass().isArray()) {
      array(out, value, depth);
    } else if (value instanceof Record record) {
      record(out, record, depth);
    } else {
      throw new JsonException(
          value.getClass().getName() + " is unknown to the built-in mapper: bring a JsonMapper");
    }
  }

  /** JSON text that stands for itself. */
  public record Raw(String json) {}

  private static void number(StringBuilder out, Number number) {
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new JsonException(number + " is no JSON");
      }
      out.append(number);
    } else if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte
        || number instanceof BigInteger
        || number instanceof BigDecimal) {
      out.append(number);
    } else {
      throw new JsonException(number.getClass().getName() + " is unknown to the built-in mapper");
    }
  }

  private static void object(StringBuilder out, Map<?, ?> map, int depth) {
    out.append('{');
    String comma = "";
    for (Map.Entry<?, ?> member : map.entrySet()) {
      out.append(comma);
      string(out, String.valueOf(member.getKey()));
      out.append(':');
      write(out, member.getValue(), depth + 1);
      comma = ",";
    }
    out.append('}');
  }

  private static void array(StringBuilder out, Iterable<?> items, int depth) {
    out.append('[');
    String comma = "";
    for (Object item : items) {
      out.append(comma);
      write(out, item, depth + 1);
      comma = ",";
    }
    out.append(']');
  }

  private static void array(StringBuilder out, Object array, int depth) {
    out.append('[');
    for (int i = 0; i < Array.getLength(array); i++) {
      out.append(i == 0 ? "" : ",");
      write(out, Array.get(array, i), depth + 1);
    }
    out.append(']');
  }

  private static void record(StringBuilder out, Record record, int depth) {
    out.append('{');
    String comma = "";
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      out.append(comma);
      string(out, component.getName());
      out.append(':');
      write(out, Records.get(record, component), depth + 1);
      comma = ",";
    }
    out.append('}');
  }
}
