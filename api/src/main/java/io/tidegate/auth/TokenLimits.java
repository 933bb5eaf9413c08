package io.tidegate.auth;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Narrower limits that a token carries for its client ({@code lim}); never wider than the tenant's.
 *
 * @param values limit name to a number {@code >= 1}
 */
public record TokenLimits(Map<Limit, Integer> values) {
  public static final TokenLimits NONE = new TokenLimits(Map.of());

  /** The limits a token may narrow, by their names in a claim and in {@code POST /tokens}. */
  public enum Limit {
    PUBLISHES_PER_SECOND("publishesPerSecond"),
    SUBSCRIPTIONS_PER_CONNECTION("subscriptionsPerConnection"),
    INBOUND_MESSAGES_PER_SECOND("inboundMessagesPerSecond"),
    INBOUND_BYTES_PER_SECOND("inboundBytesPerSecond"),
    MAX_MESSAGE_BYTES("maxMessageBytes");

    private final String wireName;

    Limit(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  public TokenLimits {
    values = Map.copyOf(values);
    if (values.values().stream().anyMatch(limit -> limit < 1)) {
      throw new IllegalArgumentException("a limit is at least 1");
    }
  }

  /** The limits by their wire names, as a claim holds them. */
  public Map<String, Object> asClaim() {
    Map<String, Object> claim = new LinkedHashMap<>();
    for (Limit limit : Limit.values()) {
      Integer value = values.get(limit);
      if (value != null) {
        claim.put(limit.wireName(), value);
      }
    }
    return claim;
  }
}
