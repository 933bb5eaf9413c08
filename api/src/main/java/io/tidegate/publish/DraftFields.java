package io.tidegate.publish;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.ClientId;
import io.tidegate.channel.Draft;
import io.tidegate.json.Faults;
import io.tidegate.json.Surrogates;
import io.tidegate.problem.FieldError;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one message after the other; faults go where they are collected. */
final class DraftFields {
  private static final int MAX_ID = 128;
  private static final int MAX_NAME = 255;
  private static final int MAX_CONNECTION_ID = 128;
  private static final int MAX_HEADERS = 32;
  private static final int MAX_HEADER_NAME = 64;
  private static final int MAX_HEADER = 1024;

  private final JsonParser parser;
  private final byte[] json;
  private final int from;
  private final Faults faults;
  private final AppPrincipal who;
  private final @Nullable String connectionId;

  // The message that is being read.
  private String prefix = "";
  private boolean sound;
  private @Nullable String id;
  private @Nullable String name;
  private boolean hasData;
  private byte @Nullable [] data;
  private @Nullable String encoding;
  private @Nullable String clientId;
  private byte @Nullable [] headers;
  private @Nullable String exclude;

  DraftFields(
      JsonParser parser,
      byte[] json,
      int from,
      Faults faults,
      AppPrincipal who,
      @Nullable String connectionId) {
    this.parser = parser;
    this.json = json;
    this.from = from;
    this.faults = faults;
    this.who = who;
    this.connectionId = connectionId;
  }

  /** The message whose first token was just read; null when it is at fault. */
  @Nullable Draft read(String pathPrefix) throws IOException {
    prefix = pathPrefix;
    sound = true;
    hasData = false;
    id = name = encoding = clientId = exclude = null;
    data = headers = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "data" -> {
          hasData = true;
          data = data();
        }
        case "name" -> name = text(field, MAX_NAME, true, Refusal.FIELD_INVALID);
        case "id" -> id = text(field, MAX_ID, false, Refusal.MESSAGE_ID_INVALID);
        case "encoding" -> encoding = encoding();
        case "clientId" -> clientId = clientId();
        case "headers" -> headers = headers();
        case "exclude" -> exclude = text(field, MAX_CONNECTION_ID, true, Refusal.FIELD_INVALID);
        default -> {
          fault(Refusal.FIELD_UNKNOWN, FieldError.step(field), "is not a field of a message");
          parser.skipChildren();
        }
      }
    }
    byte[] given = data;
    if (given == null) {
      if (!hasData) {
        fault(Refusal.FIELD_INVALID, "data", "is required");
      }
      return null;
    }
    String misfit = encoding == null ? null : Encodings.misfit(encoding, given);
    if (misfit != null) {
      fault(Refusal.MESSAGE_DATA_INVALID, "data", misfit);
    }
    nameAuthor();
    if (!sound) {
      return null;
    }
    boolean made = id == null;
    String ownId = id == null ? MessageIds.make(System.currentTimeMillis()) : id;
    return new Draft(ownId, name, given, encoding, clientId, connectionId, headers, exclude, made);
  }

  private void nameAuthor() {
    try {
      clientId = Authorship.clientId(who, clientId);
    } catch (RefusedException e) {
      fault(e.refusal(), "clientId", e.detail());
    }
  }

  private @Nullable String clientId() throws IOException {
    String text = text("clientId", Integer.MAX_VALUE, true, Refusal.CLIENT_ID_INVALID);
    if (text != null && !ClientId.isValid(text)) {
      fault(Refusal.CLIENT_ID_INVALID, "clientId", "must have 1 to 255 characters, no controls");
      return null;
    }
    return text;
  }

  private @Nullable String encoding() throws IOException {
    String text = text("encoding", Encodings.MAX_LENGTH, true, Refusal.MESSAGE_DATA_INVALID);
    if (text != null && !Encodings.isKnown(text)) {
      fault(Refusal.MESSAGE_DATA_INVALID, "encoding", "must be base64 or cipher+...");
      return null;
    }
    return text;
  }

  private byte @Nullable [] headers() throws IOException {
    int begin = begin();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      fault(Refusal.FIELD_INVALID, "headers", "must be an object of strings");
      parser.skipChildren();
      return null;
    }
    int count = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String header = parser.currentName();
      if (header.isEmpty() || characters(header) > MAX_HEADER_NAME) {
        fault(Refusal.FIELD_INVALID, "headers", "must have names of 1 to 64 characters");
      }
      count++;
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        fault(Refusal.FIELD_INVALID, "headers", "must be an object of strings");
        parser.skipChildren();
      } else if (characters(parser.getText()) > MAX_HEADER) {
        fault(Refusal.FIELD_INVALID, "headers", "must have values of at most 1024 characters");
      }
    }
    if (count > MAX_HEADERS) {
      fault(Refusal.FIELD_INVALID, "headers", "must be at most " + MAX_HEADERS);
    }
    return oneLine("headers", begin, end());
  }

  private @Nullable String text(String field, int max, boolean controls, Refusal refusal)
      throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      fault(Refusal.FIELD_INVALID, field, "must be a string");
      parser.skipChildren();
      return null;
    }
    String text = parser.getText();
    if (text.isEmpty() || characters(text) > max) {
      fault(refusal, field, "must have 1 to " + max + " characters");
    } else if (!controls && text.chars().anyMatch(Character::isISOControl)) {
      fault(refusal, field, "must not have control characters");
    } else if (!Surrogates.arePaired(text)) {
      fault(refusal, field, Surrogates.ALONE);
    } else {
      return text;
    }
    return null;
  }

  /** Kept as it was written; null when it is at fault. */
  private byte @Nullable [] data() throws IOException {
    int begin = begin();
    parser.skipChildren();
    return oneLine("data", begin, end());
  }

  private int begin() {
    return from + (int) parser.currentTokenLocation().getByteOffset();
  }

  private int end() throws IOException {
    parser.finishToken();
    return from + (int) parser.currentLocation().getByteOffset();
  }

  /** A line end in valid JSON stands between tokens, so a space is as good there. */
  private byte @Nullable [] oneLine(String field, int begin, int end) {
    if (!Surrogates.arePaired(json, begin, end - begin)) {
      fault(Refusal.FIELD_INVALID, field, Surrogates.ALONE);
      return null;
    }
    byte[] copy = java.util.Arrays.copyOfRange(json, begin, end);
    for (int i = 0; i < copy.length; i++) {
      if (copy[i] == '\n' || copy[i] == '\r') {
        copy[i] = ' ';
      }
    }
    return copy;
  }

  private void fault(Refusal refusal, String field, String message) {
    faults.add(refusal, prefix + field, message);
    sound = false;
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }
}
