package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Member;
import io.tidegate.sdk.internal.json.JsonReader;
import io.tidegate.sdk.internal.json.JsonTree;
import io.tidegate.sdk.internal.message.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server's frame, read as far as the client half needs it; of a {@code message} only where it
 * stands, the rest is read by who takes it. Fields it does not know are passed over.
 */
final class Frame {
  private static final String MESSAGE = "{\"type\":\"message\",\"channel\":\"";
  private static final String SEQ = "\",\"seq\":";

  final String text;
  String type = "";
  String channel = "";
  long seq = -1;
  @Nullable String id;
  @Nullable String epoch;
  @Nullable String reason;
  @Nullable String message;
  @Nullable String connectionId;
  @Nullable String connectionKey;
  @Nullable String cursor;
  @Nullable String action;
  @Nullable Long retryAfterMs;
  @Nullable Long missed;
  int code;
  long version;
  long count;
  long afterMs;
  long pingIntervalMs;
  boolean resumed;
  boolean conflated;
  boolean more;

  /** Members, or the messages of a reply: as JSON, read when wanted. */
  @Nullable String members;

  @Nullable String messages;
  List<String> channels = List.of();

  private Frame(String text) {
    this.text = text;
  }

  static Frame read(String text) {
    Frame frame = new Frame(text);
    if (!frame.readMessage()) {
      frame.readFields();
    }
    return frame;
  }

  /**
   * The frame that comes most often, as the gateway writes it: type, channel and seq first, and no
   * epoch of its own. False when it is not that, or might not be.
   */
  private boolean readMessage() {
    if (!text.startsWith(MESSAGE)) {
      return false;
    }
    int end = text.indexOf('"', MESSAGE.length());
    if (end < 0 || !text.startsWith(SEQ, end) || text.contains("\"epoch\":")) {
      return false;
    }
    String name = text.substring(MESSAGE.length(), end);
    long number = 0;
    int at = end + SEQ.length();
    int first = at;
    while (at < text.length() && at - first < 18 && isDigit(text.charAt(at))) {
      number = number * 10 + (text.charAt(at++) - '0');
    }
    if (at == first || at >= text.length() || text.charAt(at) != ',' || name.indexOf('\\') >= 0) {
      return false;
    }
    type = "message";
    channel = name;
    seq = number;
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void readFields() {
    JsonReader in = new JsonReader(text);
    in.beginObject();
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      switch (name) {
        case "type" -> type = in.string();
        case "channel" -> channel = in.string();
        case "seq" -> seq = in.integer();
        case "id" -> id = in.string();
        case "epoch" -> epoch = in.string();
        case "reason" -> reason = in.string();
        case "message" -> message = in.string();
        case "connectionId" -> connectionId = in.stringOrNull();
        case "connectionKey" -> connectionKey = in.stringOrNull();
        case "cursor" -> cursor = in.string();
        case "action" -> action = in.string();
        case "retryAfterMs" -> retryAfterMs = in.integer();
        case "missed" -> missed = in.integer();
        case "code" -> code = (int) in.integer();
        case "version" -> version = in.integer();
        case "count" -> count = in.integer();
        case "afterMs" -> afterMs = in.integer();
        case "pingIntervalMs" -> pingIntervalMs = in.integer();
        case "resumed" -> resumed = in.bool();
        case "conflated" -> conflated = in.bool();
        case "more" -> more = in.bool();
        case "members" -> members = in.raw();
        case "messages" -> messages = in.raw();
        case "channels" -> channels = strings(in);
        default -> in.skip();
      }
    }
  }

  private static List<String> strings(JsonReader in) {
    List<String> all = new ArrayList<>();
    in.beginArray();
    while (in.nextItem()) {
      all.add(in.string());
    }
    return all;
  }

  /** The members of a presence frame. */
  List<Member> membersOf() {
    List<Member> all = new ArrayList<>();
    if (members == null) {
      return all;
    }
    JsonReader in = new JsonReader(members);
    in.beginArray();
    while (in.nextItem()) {
      all.add(Pages.member(in));
    }
    return all;
  }

  /** The seqs of a reply to a publish, in the order given. */
  long[] seqs() {
    if (messages == null || !(JsonTree.parse(messages) instanceof List<?> items)) {
      return new long[0];
    }
    return items.stream()
        .mapToLong(
            item -> item instanceof Map<?, ?> map && map.get("seq") instanceof Long n ? n : 0)
        .toArray();
  }
}
