package io.tidegate.sdk.internal.message;

import io.tidegate.sdk.Published;
import io.tidegate.sdk.internal.json.JsonReader;
import java.util.ArrayList;
import java.util.List;

/** {@code Published} of the contract. */
public final class PublishedReader {
  private PublishedReader() {}

  /** The reader's next value. */
  public static Published published(JsonReader reader) {
    String channel = "";
    String epoch = "";
    List<Published.Item> messages = new ArrayList<>();
    reader.beginObject();
    for (String name = reader.nextName(); name != null; name = reader.nextName()) {
      switch (name) {
        case "channel" -> channel = reader.string();
        case "epoch" -> epoch = reader.string();
        case "messages" -> {
          reader.beginArray();
          while (reader.nextItem()) {
            messages.add(item(reader));
          }
        }
        default -> reader.skip();
      }
    }
    return new Published(channel, epoch, messages);
  }

  private static Published.Item item(JsonReader reader) {
    String id = "";
    long seq = 0;
    reader.beginObject();
    for (String name = reader.nextName(); name != null; name = reader.nextName()) {
      switch (name) {
        case "id" -> id = reader.string();
        case "seq" -> seq = reader.integer();
        default -> reader.skip();
      }
    }
    return new Published.Item(id, seq);
  }
}
