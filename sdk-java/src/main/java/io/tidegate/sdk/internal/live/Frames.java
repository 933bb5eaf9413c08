package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Position;
import io.tidegate.sdk.internal.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** The frames a client sends (asyncapi.yaml). */
final class Frames {
  private Frames() {}

  static String auth(String token, @Nullable String id, @Nullable String resume, boolean echo) {
    StringBuilder out = begin("auth", id);
    member(out, "token", token);
    if (resume != null) {
      member(out, "resume", resume);
    }
    if (!echo) {
      out.append(",\"echo\":false");
    }
    return end(out);
  }

  static String subscribe(
      String id,
      String channel,
      @Nullable Position since,
      @Nullable String rewind,
      boolean presence) {
    StringBuilder out = begin("subscribe", id);
    member(out, "channel", channel);
    if (since != null) {
      out.append(",\"since\":{\"epoch\":");
      JsonWriter.string(out, since.epoch());
      out.append(",\"seq\":").append(since.seq()).append('}');
    } else if (rewind != null) {
      out.append(",\"rewind\":").append(rewind);
    }
    if (presence) {
      out.append(",\"presence\":true");
    }
    return end(out);
  }

  static String unsubscribe(String channel) {
    StringBuilder out = begin("unsubscribe", null);
    member(out, "channel", channel);
    return end(out);
  }

  /**
   * @param messages a JSON array
   */
  static String publish(String id, String channel, CharSequence messages) {
    StringBuilder out = new StringBuilder(messages.length() + 96);
    out.append("{\"type\":\"publish\"");
    member(out, "id", id);
    member(out, "channel", channel);
    out.append(",\"messages\":").append(messages);
    return end(out);
  }

  /**
   * @param data JSON text; null for none
   */
  static String presence(String id, String channel, String action, @Nullable String data) {
    StringBuilder out = begin("presence", id);
    member(out, "channel", channel);
    member(out, "action", action);
    if (data != null) {
      out.append(",\"data\":").append(data);
    }
    return end(out);
  }

  private static StringBuilder begin(String type, @Nullable String id) {
    StringBuilder out = new StringBuilder(128).append("{\"type\":\"").append(type).append('"');
    if (id != null) {
      member(out, "id", id);
    }
    return out;
  }

  private static void member(StringBuilder out, String name, String value) {
    out.append(",\"").append(name).append("\":");
    JsonWriter.string(out, value);
  }

  private static String end(StringBuilder out) {
    return out.append('}').toString();
  }
}
