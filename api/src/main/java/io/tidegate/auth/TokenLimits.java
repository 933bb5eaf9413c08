package io.tidegate.auth;

import io.tidegate.tenant.Limits;
import java.util.EnumMap;
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
    PUBLISHES_PER_SECOND(io.tidegate.tenant.Limit.PUBLISHES_PER_SECOND),
    SUBSCRIPTIONS_PER_CONNECTION(io.tidegate.tenant.Limit.SUBSCRIPTIONS_PER_CONNECTION),
    INBOUND_MESSAGES_PER_SECOND(io.tidegate.tenant.Limit.INBOUND_MESSAGES_PER_SECOND),
    INBOUND_BYTES_PER_SECOND(io.tidegate.tenant.Limit.INBOUND_BYTES_PER_SECOND),
    MAX_MESSAGE_BYTES(io.tidegate.tenant.Limit.MAX_MESSAGE_BYTES);

    private final io.tidegate.tenant.Limit ofTenant;

    Limit(io.tidegate.tenant.Limit ofTenant) {
      this.ofTenant = ofTenant;
    }

    public String wireName() {
      return ofTenant.wireName();
    }
  }

  public TokenLimits {
    values = Map.copyOf(values);
    if (values.values().stream().anyMatch(limit -> limit < 1)) {
      throw new IllegalArgumentException("a limit is at least 1");
    }
  }

  /** The same in the tenant's words. */
  public Limits asLimits() {
    Map<io.tidegate.tenant.Limit, Long> narrowed = new EnumMap<>(io.tidegate.tenant.Limit.class);
    values.forEach((limit, value) -> narrowed.put(limit.ofTenant, value.longValue()));
    return new Limits(narrowed);
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
