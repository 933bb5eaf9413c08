package io.tidegate.sdk.internal.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole text as a value. */
public final class JsonTree {
  private JsonTree() {}

  /** The one value of the text; a {@link JsonException} when it is none. */
  public static @Nullable Object parse(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = read(reader);
    reader.end();
    return value;
  }

  /** The reader's next value. */
  public static @Nullable Object read(JsonReader reader) {
    return switch (reader.peek()) {
      case '{' -> object(reader);
      case '[' -> array(reader);
      case '"' -> reader.string();
      case 't', 'f' -> reader.bool();
      case 'n' -> {
        reader.nul();
        yield null;
      }
      default -> reader.number();
    };
  }

  private static Map<String, @Nullable Object> object(JsonReader reader) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    reader.beginObject();
    for (String name = reader.nextName(); name != null; name = reader.nextName()) {
      boolean known = object.containsKey(name);
      object.put(name, read(reader));
      if (known) {
        throw new JsonException("a name comes twice");
      }
    }
    return object;
  }

  private static List<@Nullable Object> array(JsonReader reader) {
    List<@Nullable Object> array = new ArrayList<>();
    reader.beginArray();
    while (reader.nextItem()) {
      array.add(read(reader));
    }
    return array;
  }
}
