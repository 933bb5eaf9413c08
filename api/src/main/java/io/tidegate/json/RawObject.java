package io.tidegate.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of which one field is left as bytes, for a reader of its own; the others are
 * {@link Fields}.
 *
 * @param json the bytes that were read
 * @param rawFrom where the raw field's value begins in {@code json}
 * @param rawLength 0 when the field is absent
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record RawObject(Fields fields, byte[] json, int rawFrom, int rawLength) {
  /**
   * @throws RefusedException {@link Refusal#JSON_INVALID} unless it is one JSON object
   */
  public static RawObject read(byte[] json, String rawField) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    int from = 0;
    int length = 0;
    try (JsonParser parser = StrictJson.parser(json, 0, json.length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new RefusedException(Refusal.JSON_INVALID, "not a JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals(rawField)) {
          from = (int) parser.currentTokenLocation().getByteOffset();
          parser.skipChildren();
          parser.finishToken();
          length = (int) parser.currentLocation().getByteOffset() - from;
          values.put(name, null);
        } else {
          values.put(name, StrictJson.value(parser));
        }
      }
      if (parser.nextToken() != null) {
        throw new RefusedException(Refusal.JSON_INVALID, "something follows the JSON object");
      }
    } catch (IOException e) {
      throw StrictJson.invalid(e);
    }
    return new RawObject(Fields.of(values), json, from, length);
  }
}
