package io.tidegate.sdk.internal.message;

import io.tidegate.sdk.Member;
import io.tidegate.sdk.Message;
import io.tidegate.sdk.Page;
import io.tidegate.sdk.internal.json.BuiltInMapper;
import io.tidegate.sdk.internal.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of the contract: {@code items} and {@code next}, among other members. */
public final class Pages {
  private Pages() {}

  /** One of any list, its items read from their text. */
  public static <T> Page<T> page(String json, Function<String, T> item) {
    List<T> items = new ArrayList<>();
    Fields fields = new Fields(json);
    fields.items.forEach(text -> items.add(item.apply(text)));
    return new Page<>(items, Optional.ofNullable(fields.next));
  }

  /** An item that is a record of the contract. */
  public static <T> T record(String json, Class<T> type) {
    return Objects.requireNonNull(BuiltInMapper.INSTANCE.read(json, type));
  }

  /** Of history. */
  public static Page<Message> history(String json, MessageCodec codec) {
    Fields fields = new Fields(json);
    List<Message> messages = new ArrayList<>();
    fields.items.forEach(text -> messages.add(codec.read(text, fields.epoch)));
    return new Page<>(messages, Optional.ofNullable(fields.next));
  }

  /** Of presence. */
  public static Page<Member> members(String json) {
    return page(json, text -> member(new JsonReader(text)));
  }

  /** How many are present, of a page of presence. */
  public static long count(String json) {
    return new Fields(json).count;
  }

  /** The reader's next value. */
  public static Member member(JsonReader reader) {
    String clientId = "";
    String connectionId = "";
    String data = null;
    reader.beginObject();
    for (String name = reader.nextName(); name != null; name = reader.nextName()) {
      switch (name) {
        case "clientId" -> clientId = reader.string();
        case "connectionId" -> connectionId = reader.string();
        case "data" -> data = reader.raw();
        default -> reader.skip();
      }
    }
    return new Member(clientId, connectionId, Optional.ofNullable(data));
  }

  private static final class Fields {
    private final List<String> items = new ArrayList<>();
    private @Nullable String next;
    private @Nullable String epoch;
    private long count;

    Fields(String json) {
      JsonReader reader = new JsonReader(json);
      reader.beginObject();
      for (String name = reader.nextName(); name != null; name = reader.nextName()) {
        switch (name) {
          case "items" -> {
            reader.beginArray();
            while (reader.nextItem()) {
              items.add(reader.raw());
            }
          }
          case "next" -> next = reader.stringOrNull();
          case "epoch" -> epoch = reader.stringOrNull();
          case "count" -> count = reader.integer();
          default -> reader.skip();
        }
      }
    }
  }
}
