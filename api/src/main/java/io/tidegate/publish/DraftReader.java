package io.tidegate.publish;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.Draft;
import io.tidegate.channel.PublishUnit;
import io.tidegate.json.Faults;
import io.tidegate.json.StrictJson;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a publisher sends into drafts, straight from the bytes: {@code data} and {@code
 * headers} are kept as they were written. Checks everything that needs no channel; {@link
 * Publisher} does the rest.
 *
 * <p>Refuses with JSON_INVALID, BATCH_TOO_LARGE (more than 100), or naming every field at fault:
 * FIELD_UNKNOWN, FIELD_INVALID, MESSAGE_ID_INVALID (also for an id that stands twice),
 * CLIENT_ID_INVALID, MESSAGE_DATA_INVALID.
 */
public final class DraftReader {
  private final JsonParser parser;
  private final Faults faults;
  private final DraftFields fields;

  /**
   * @param parser made by {@link StrictJson#parser} over {@code json} from {@code from} on
   */
  DraftReader(
      JsonParser parser,
      byte[] json,
      int from,
      Faults faults,
      AppPrincipal who,
      @Nullable String connectionId) {
    this.parser = parser;
    this.faults = faults;
    this.fields = new DraftFields(parser, json, from, faults, who, connectionId);
  }

  /** The body of a publish: one message or an array of 1 to 100. */
  public static List<Draft> readBody(byte[] json, AppPrincipal who) {
    return read(json, 0, json.length, true, "", who, null);
  }

  /**
   * An array of 1 to 100 messages within {@code json}.
   *
   * @param path where it stands, for naming fields at fault, a JSON pointer such as {@code
   *     /messages}
   * @param connectionId the connection it came on
   */
  public static List<Draft> readArray(
      byte[] json,
      int from,
      int length,
      String path,
      AppPrincipal who,
      @Nullable String connectionId) {
    return read(json, from, length, false, path, who, connectionId);
  }

  private static List<Draft> read(
      byte[] json,
      int from,
      int length,
      boolean orOne,
      String path,
      AppPrincipal who,
      @Nullable String connectionId) {
    Faults faults = new Faults();
    List<Draft> drafts;
    try (JsonParser parser = StrictJson.parser(json, from, length)) {
      DraftReader reader = new DraftReader(parser, json, from, faults, who, connectionId);
      JsonToken first = parser.nextToken();
      if (orOne && first == JsonToken.START_OBJECT) {
        Draft only = reader.fields.read("/");
        drafts = only == null ? List.of() : List.of(only);
      } else if (first == JsonToken.START_ARRAY) {
        drafts = reader.array(path);
      } else {
        throw new RefusedException(
            Refusal.JSON_INVALID, orOne ? "neither a message nor an array" : "not an array");
      }
      if (parser.nextToken() != null) {
        throw new RefusedException(Refusal.JSON_INVALID, "something follows the JSON value");
      }
    } catch (IOException e) {
      throw StrictJson.invalid(e);
    }
    faults.raise();
    return drafts;
  }

  /** The array whose first token was just read; short of those at fault. */
  List<Draft> array(String path) throws IOException {
    List<Draft> drafts = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    int count = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (count == PublishUnit.MAX_MESSAGES) {
        throw new RefusedException(
            Refusal.BATCH_TOO_LARGE, "an array has at most " + count + " messages");
      }
      String at = path + "/" + count++;
      if (token != JsonToken.START_OBJECT) {
        faults.add(Refusal.FIELD_INVALID, at, "must be a message");
        parser.skipChildren();
        continue;
      }
      Draft draft = fields.read(at + "/");
      if (draft != null && ids.add(draft.id())) {
        drafts.add(draft);
      } else if (draft != null) {
        faults.add(Refusal.MESSAGE_ID_INVALID, at + "/id", "is there twice");
      }
    }
    if (count == 0) {
      faults.add(Refusal.FIELD_INVALID, path, "must have 1 to 100 items");
    }
    return drafts;
  }
}
