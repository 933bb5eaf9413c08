package io.tidegate.webhook.standing;

import io.tidegate.channel.ChannelName;
import io.tidegate.json.StrictJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of a fact that it holds.
 *
 * @param data of its events: a JSON object's text
 * @param rank of two nodes that say different things the one with the higher knows
 */
public record Holding(String data, long rank) {
  private static final String CLIENT_ID = "clientId";
  private static final String CONNECTION_ID = "connectionId";

  public static Holding ofChannel(ChannelName channel) {
    return new Holding(StrictJson.write(Map.of("channel", channel.value())), 0);
  }

  /**
   * @param json the member's own data, as the client gave it; null when there is none
   * @param turn how often its connection had gone on
   */
  public static Holding ofMember(
      ChannelName channel, String clientId, String connectionId, @Nullable String json, long turn) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("channel", channel.value());
    data.put(CLIENT_ID, clientId);
    data.put(CONNECTION_ID, connectionId);
    String text = StrictJson.write(data);
    if (json != null) {
      // As it was given: to read it and write it again could make it another.
      text = text.substring(0, text.length() - 1) + ",\"data\":" + json + "}";
    }
    return new Holding(text, turn);
  }

  /**
   * @param clientId null when it is anonymous
   */
  public static Holding ofConnection(
      String connectionId, @Nullable String clientId, String keyName) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put(CONNECTION_ID, connectionId);
    if (clientId != null) {
      data.put(CLIENT_ID, clientId);
    }
    data.put("keyName", keyName);
    return new Holding(StrictJson.write(data), 0);
  }
}
