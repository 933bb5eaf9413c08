package io.tidegate.node;

import io.tidegate.events.EventStream;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners which nodes come and go. Looks once per heartbeat whether somebody listens or
 * not: whoever has just begun to listen hears of everything that comes after.
 */
@Singleton
final class NodeWatch {
  private static final int MAX_NODES = 1_000;

  private final JdbcNodes nodes;
  private final EventStream events;
  private final LiveNodes count;

  /** Version by id, at the last look; null before the first. On the heartbeat's thread. */
  private @Nullable Map<String, String> up;

  NodeWatch(JdbcNodes nodes, EventStream events, LiveNodes count) {
    this.nodes = nodes;
    this.events = events;
    this.count = count;
  }

  void look() {
    Map<String, String> live = new HashMap<>();
    for (JdbcNodes.Node node : nodes.list("", MAX_NODES)) {
      if (node.live()) {
        live.put(node.id(), node.version());
      }
    }
    if (up != null) {
      tell(live, up, "up");
      tell(up, live, "gone");
    }
    up = live;
    count.see(live.size());
  }

  private void tell(Map<String, String> those, Map<String, String> butNot, String state) {
    those.forEach(
        (id, version) -> {
          if (!butNot.containsKey(id)) {
            events.node(id, version, state);
          }
        });
  }
}
