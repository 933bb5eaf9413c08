package io.tidegate.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a token is to say. Its rights are the capabilities intersected with the key's.
 *
 * @param clientId null for an anonymous client
 * @param capabilities channel pattern to operations: publish, subscribe, presence, history
 * @param ttl whole seconds, at most a day
 * @param limits narrower ones for this client, by their names in the contract
 */
public record TokenRequest(
    @Nullable String clientId,
    Map<String, List<String>> capabilities,
    Duration ttl,
    Map<String, Long> limits) {
  public TokenRequest {
    if (ttl.toSeconds() < 1 || ttl.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("a token lives for 1 s to a day, not " + ttl);
    }
    Map<String, List<String>> copy = new LinkedHashMap<>();
    capabilities.forEach((pattern, operations) -> copy.put(pattern, List.copyOf(operations)));
    capabilities = Collections.unmodifiableMap(copy);
    limits = Map.copyOf(limits);
  }

  /** For a client, an hour long. */
  public static TokenRequest forClient(String clientId) {
    return new TokenRequest(clientId, Map.of(), Duration.ofHours(1), Map.of());
  }

  /** For nobody in particular, an hour long. */
  public static TokenRequest anonymous() {
    return new TokenRequest(null, Map.of(), Duration.ofHours(1), Map.of());
  }

  /** The same, allowed these operations on channels of this pattern too. */
  public TokenRequest allow(String pattern, String... operations) {
    Map<String, List<String>> more = new LinkedHashMap<>(capabilities);
    List<String> all = new ArrayList<>(more.getOrDefault(pattern, List.of()));
    for (String operation : operations) {
      if (!all.contains(operation)) {
        all.add(operation);
      }
    }
    more.put(pattern, all);
    return new TokenRequest(clientId, more, ttl, limits);
  }

  /** The same, for so long. */
  public TokenRequest ttl(Duration newTtl) {
    return new TokenRequest(clientId, capabilities, newTtl, limits);
  }

  /** The same, with a limit of its own. */
  public TokenRequest limit(String name, long value) {
    Map<String, Long> more = new LinkedHashMap<>(limits);
    more.put(name, value);
    return new TokenRequest(clientId, capabilities, ttl, more);
  }
}
