package io.tidegate.publish;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import io.tidegate.json.Faults;
import io.tidegate.json.StrictJson;
import io.tidegate.problem.FieldError;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the body of a batch, {@code {items:[{channels:[...], messages:[...]}]}}: each channel of
 * each item becomes a part of its own. Messages of one item have the same ids in all its channels.
 */
final class BatchReader {
  /** Channels of all items together: with their messages at most 10,000 publishes. */
  static final int MAX_PARTS = 100;

  private final JsonParser parser;
  private final Faults faults = new Faults();
  private final DraftReader drafts;
  private final List<Part> parts = new ArrayList<>();

  private BatchReader(JsonParser parser, byte[] body, AppPrincipal who) {
    this.parser = parser;
    this.drafts = new DraftReader(parser, body, 0, faults, who, null);
  }

  /** What one channel of one item asks for. */
  record Part(ChannelName channel, List<Draft> drafts) {}

  /**
   * @throws RefusedException as {@link DraftReader} does; a fault anywhere refuses the whole body
   */
  static List<Part> read(byte[] body, AppPrincipal who) {
    try (JsonParser parser = StrictJson.parser(body, 0, body.length)) {
      BatchReader reader = new BatchReader(parser, body, who);
      reader.body();
      reader.faults.raise();
      return reader.parts;
    } catch (IOException e) {
      throw StrictJson.invalid(e);
    }
  }

  private void body() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new RefusedException(Refusal.JSON_INVALID, "not a JSON object");
    }
    boolean found = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (parser.currentName().equals("items")) {
        found = true;
        parser.nextToken();
        items();
      } else {
        unknown("/");
      }
    }
    if (!found) {
      invalid("/items", "is required");
    }
    if (parser.nextToken() != null) {
      throw new RefusedException(Refusal.JSON_INVALID, "something follows the JSON value");
    }
  }

  private void items() throws IOException {
    int count = 0;
    if (isArray("/items")) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        String at = "/items/" + count++;
        if (count > MAX_PARTS) {
          throw tooMany("items");
        }
        if (parser.currentToken() == JsonToken.START_OBJECT) {
          item(at);
        } else {
          invalid(at, "must be an object");
          parser.skipChildren();
        }
      }
      if (count == 0) {
        invalid("/items", "must have 1 to " + MAX_PARTS + " items");
      }
    }
  }

  private void item(String at) throws IOException {
    Set<ChannelName> channels = null;
    List<Draft> messages = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      switch (parser.currentName()) {
        case "channels" -> {
          parser.nextToken();
          channels = channels(at + "/channels");
        }
        case "messages" -> {
          parser.nextToken();
          messages = isArray(at + "/messages") ? drafts.array(at + "/messages") : List.of();
        }
        default -> unknown(at + "/");
      }
    }
    if (channels == null) {
      invalid(at + "/channels", "is required");
    }
    if (messages == null) {
      invalid(at + "/messages", "is required");
    }
    for (ChannelName channel : channels == null ? Set.<ChannelName>of() : channels) {
      parts.add(new Part(channel, messages == null ? List.of() : messages));
    }
    if (parts.size() > MAX_PARTS) {
      throw tooMany("channels");
    }
  }

  private Set<ChannelName> channels(String path) throws IOException {
    Set<ChannelName> channels = new LinkedHashSet<>();
    if (!isArray(path)) {
      return channels;
    }
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String at = path + "/" + count++;
      if (count > MAX_PARTS) {
        throw tooMany("channels");
      }
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        invalid(at, "must be a string");
        parser.skipChildren();
        continue;
      }
      try {
        if (!channels.add(new ChannelName(parser.getText()))) {
          invalid(at, "is there twice");
        }
      } catch (RefusedException e) {
        faults.add(e.refusal(), at, e.detail());
      }
    }
    if (count == 0) {
      invalid(path, "must have 1 to " + MAX_PARTS + " items");
    }
    return channels;
  }

  private boolean isArray(String path) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return true;
    }
    invalid(path, "must be an array");
    parser.skipChildren();
    return false;
  }

  private void unknown(String prefix) throws IOException {
    String name = FieldError.step(parser.currentName());
    faults.add(Refusal.FIELD_UNKNOWN, prefix + name, "is not a field of a batch");
    parser.nextToken();
    parser.skipChildren();
  }

  private void invalid(String path, String message) {
    faults.add(Refusal.FIELD_INVALID, path, message);
  }

  private static RefusedException tooMany(String what) {
    return new RefusedException(
        Refusal.BATCH_TOO_LARGE, "a batch has at most " + MAX_PARTS + " " + what);
  }
}
