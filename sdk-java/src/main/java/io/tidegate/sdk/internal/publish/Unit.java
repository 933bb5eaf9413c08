package io.tidegate.sdk.internal.publish;

import io.tidegate.sdk.internal.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What one channel gets, all or nothing.
 *
 * @param messages a JSON array, the same text at every try
 */
public record Unit(String channel, String messages) {
  /** The body of {@code POST /v1/messages}: neighbours with the very same messages are one item. */
  static String body(List<Unit> units) {
    StringBuilder out = new StringBuilder(1024).append("{\"items\":[");
    int i = 0;
    while (i < units.size()) {
      out.append(i == 0 ? "" : ",").append("{\"channels\":[");
      String messages = units.get(i).messages();
      List<String> channels = new ArrayList<>();
      while (i < units.size() && same(units.get(i), messages, channels)) {
        out.append(channels.isEmpty() ? "" : ",");
        JsonWriter.string(out, units.get(i).channel());
        channels.add(units.get(i).channel());
        i++;
      }
      out.append("],\"messages\":").append(messages).append('}');
    }
    return out.append("]}").toString();
  }

  private static boolean same(Unit unit, String messages, List<String> channels) {
    return unit.messages().equals(messages) && !channels.contains(unit.channel());
  }
}
