package io.tidegate.json;

import io.tidegate.problem.FieldError;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object of a request, named in answers by JSON pointer (RFC 6901). Faults
 * are collected, so that one answer names them all; a field that nobody asked for is one too. Read
 * every field, then call {@link #check}. Methods without a default return null for a field that is
 * absent or at fault.
 */
public final class Fields extends Members {
  /** RFC 3339 has four digits for the year. */
  private static final int FIRST_YEAR = 1970;

  private static final int LAST_YEAR = 9999;

  Fields(Map<String, Object> values, String prefix, Faults faults) {
    super(values, prefix, faults);
  }

  /**
   * @throws RefusedException {@link Refusal#JSON_INVALID} unless the body is one JSON object
   */
  @SuppressWarnings("unchecked")
  public static Fields ofBody(byte[] body) {
    if (StrictJson.parse(body) instanceof Map<?, ?> map) {
      return new Fields((Map<String, Object>) map, "/", new Faults());
    }
    throw new RefusedException(Refusal.JSON_INVALID, "The body is not a JSON object.");
  }

  /** Fields of an object that was read already. */
  static Fields of(Map<String, Object> values) {
    return new Fields(values, "", new Faults());
  }

  /** Whether the field is there and a string, for fields that may be one or something else. */
  public boolean isText(String name) {
    return has(name) && get(name) instanceof String;
  }

  /** Marks the field as one that must be there; other methods take it as optional. */
  public Fields require(String... names) {
    for (String name : names) {
      if (!has(name)) {
        fault(name, "is required");
      }
    }
    return this;
  }

  public @Nullable String text(String name, int min, int max) {
    String text = typed(name, String.class, "must be a string");
    if (text != null) {
      int length = text.codePointCount(0, text.length());
      if (length < min || length > max) {
        fault(name, "must have " + min + " to " + max + " characters");
        return null;
      }
      if (text.chars().anyMatch(Character::isISOControl)) {
        fault(name, "must not have control characters");
        return null;
      }
      if (!Surrogates.arePaired(text)) {
        fault(name, Surrogates.ALONE);
        return null;
      }
    }
    return text;
  }

  /** A whole number in bounds; {@code otherwise} when absent or at fault. */
  public long number(String name, long min, long max, long otherwise) {
    Long number = typed(name, Long.class, "must be a whole number");
    if (number == null) {
      return otherwise;
    }
    if (number < min || number > max) {
      fault(name, "must be from " + min + " to " + max);
      return otherwise;
    }
    return number;
  }

  /** A whole number in bounds or null; ask {@link #has} to tell null from absent. */
  public @Nullable Long numberOrNull(String name, long min, long max) {
    return isNull(name) || !has(name) ? null : (Long) number(name, min, max, min);
  }

  public boolean flag(String name, boolean otherwise) {
    Boolean flag = typed(name, Boolean.class, "must be true or false");
    return flag == null ? otherwise : flag;
  }

  /** An RFC 3339 time or null; ask {@link #has} to tell null from absent. */
  public @Nullable Instant timeOrNull(String name) {
    String text = isNull(name) ? null : typed(name, String.class, "must be a time or null");
    if (text == null) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR) {
        return time.toInstant();
      }
    } catch (DateTimeParseException e) {
      // falls through to the fault
    }
    fault(name, "must be an RFC 3339 time such as 2027-01-01T00:00:00Z");
    return null;
  }

  /** One of an enum's constants by wire name; {@code otherwise} when absent or at fault. */
  public <E extends Enum<E>> E oneOf(
      String name, Class<E> type, Function<E, String> wireName, E otherwise) {
    String text = typed(name, String.class, "must be a string");
    if (text == null) {
      return otherwise;
    }
    List<String> allowed = new ArrayList<>();
    for (E constant : EnumSet.allOf(type)) {
      if (wireName.apply(constant).equals(text)) {
        return constant;
      }
      allowed.add(wireName.apply(constant));
    }
    fault(name, "must be one of " + String.join(", ", allowed));
    return otherwise;
  }

  /** What a value type makes of the text: its own refusal becomes this field's fault. */
  public <T> @Nullable T value(String name, Function<String, T> type) {
    String text = typed(name, String.class, "must be a string");
    return text == null ? null : valueOf(name, text, type);
  }

  /** As {@link #value}, for a text found elsewhere, such as a key of an object. */
  public <T> @Nullable T valueOf(String name, String text, Function<String, T> type) {
    try {
      return type.apply(text);
    } catch (RefusedException e) {
      fault(e.refusal(), name, e.detail());
    } catch (IllegalArgumentException e) {
      fault(name, "is not valid");
    }
    return null;
  }

  /** A nested object; null when absent or at fault. */
  @SuppressWarnings("unchecked")
  public @Nullable Fields object(String name) {
    Map<String, Object> map = typed(name, Map.class, "must be an object");
    if (map == null) {
      return null;
    }
    return child(name, map);
  }

  /** An array of objects; null when absent or at fault. */
  @SuppressWarnings("unchecked")
  public @Nullable List<Fields> objects(String name, int min, int max) {
    List<?> list = sized(name, min, max);
    if (list == null) {
      return null;
    }
    List<Fields> objects = new ArrayList<>();
    for (Object item : list) {
      String path = name + "/" + objects.size();
      if (!(item instanceof Map<?, ?> map)) {
        fault(path, "must be an object");
        return null;
      }
      objects.add(child(path, (Map<String, Object>) map));
    }
    return objects;
  }

  private @Nullable List<?> sized(String name, int min, int max) {
    List<?> list = typed(name, List.class, "must be an array");
    if (list != null && (list.size() < min || list.size() > max)) {
      fault(name, "must have " + min + " to " + max + " items");
      return null;
    }
    return list;
  }

  /** An array of distinct strings; null when absent or at fault. */
  public @Nullable List<String> texts(String name, int min, int max) {
    List<?> list = sized(name, min, max);
    if (list == null) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (Object item : list) {
      if (!(item instanceof String text)) {
        fault(FieldError.step(name) + "/" + texts.size(), "must be a string");
        return null;
      }
      if (texts.contains(text)) {
        fault(FieldError.step(name) + "/" + texts.size(), "is there twice");
        return null;
      }
      texts.add(text);
    }
    return texts;
  }
}
