package io.tidegate.publish;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import io.tidegate.json.RawObject;
import io.tidegate.json.StrictJson;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the body of a batch, {@code {items:[{channels:[...], messages:[...]}]}}: each channel of
 * each item becomes a part of its own.
 */
final class BatchReader {
  /** Channels of all items together. */
  private static final int MAX_PARTS = 100;

  private BatchReader() {}

  /** What one channel of one item asks for. */
  record Part(ChannelName channel, List<Draft> drafts) {}

  /**
   * @throws RefusedException as {@link DraftReader} does; a fault anywhere refuses the whole body
   */
  static List<Part> read(byte[] body, AppPrincipal who) {
    RawObject batch = RawObject.read(body, "items");
    batch.fields().require("items").check();
    List<Part> parts = new ArrayList<>();
    int number = 0;
    for (byte[] item : items(batch)) {
      String at = "items[" + number++ + "]";
      RawObject fields = RawObject.read(item, "messages");
      fields.fields().require("channels", "messages");
      List<String> names = fields.fields().texts("channels", 1, MAX_PARTS);
      fields.fields().check();
      List<Draft> drafts =
          DraftReader.readArray(
              item, fields.rawFrom(), fields.rawLength(), at + ".messages", who, null);
      for (String name : names == null ? List.<String>of() : names) {
        parts.add(new Part(new ChannelName(name), drafts));
      }
      if (parts.size() > MAX_PARTS) {
        throw new RefusedException(
            Refusal.BATCH_TOO_LARGE, "a batch names at most " + MAX_PARTS + " channels");
      }
    }
    return parts;
  }

  private static List<byte[]> items(RawObject batch) {
    byte[] json = batch.json();
    int from = batch.rawFrom();
    List<byte[]> items = new ArrayList<>();
    try (JsonParser parser = StrictJson.parser(json, from, batch.rawLength())) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw RefusedException.ofField(Refusal.FIELD_INVALID, "items", "must be an array");
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        int begin = from + (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int end = from + (int) parser.currentLocation().getByteOffset();
        items.add(Arrays.copyOfRange(json, begin, end));
      }
      if (parser.currentToken() != JsonToken.END_ARRAY
          || items.isEmpty()
          || items.size() > MAX_PARTS) {
        throw RefusedException.ofField(
            Refusal.FIELD_INVALID, "items", "must have 1 to " + MAX_PARTS + " objects");
      }
      return items;
    } catch (IOException e) {
      throw StrictJson.invalid(e);
    }
  }
}
