package io.tidegate.channel;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a credential may do where: channel pattern to operations. A value never grows: rights are
 * only ever intersected ({@link Rights}).
 */
public record Capabilities(Map<ChannelPattern, Set<Operation>> grants) {
  public static final Capabilities NONE = new Capabilities(Map.of());

  public Capabilities {
    Map<ChannelPattern, Set<Operation>> copy = new LinkedHashMap<>();
    grants.forEach(
        (pattern, operations) -> {
          if (!operations.isEmpty()) {
            copy.put(pattern, java.util.Collections.unmodifiableSet(EnumSet.copyOf(operations)));
          }
        });
    grants = java.util.Collections.unmodifiableMap(copy);
  }

  public boolean allow(Operation operation, ChannelName channel) {
    for (Map.Entry<ChannelPattern, Set<Operation>> grant : grants.entrySet()) {
      if (grant.getValue().contains(operation) && grant.getKey().matches(channel)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the operation is granted for some channel at all. */
  public boolean allowSomewhere(Operation operation) {
    return grants.values().stream().anyMatch(operations -> operations.contains(operation));
  }
}
