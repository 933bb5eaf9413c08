package io.tidegate.pulse;

import io.tidegate.channel.AppId;
import java.util.Collection;
import java.util.Map;

/** What the other live nodes do, as they told a second or two ago. May wait. */
public interface Neighbours {
  /** Of a node that has none. */
  Neighbours NONE =
      new Neighbours() {
        @Override
        public Rates sum(Collection<AppId> apps) {
          return Rates.NONE;
        }

        @Override
        public Map<String, NodePulse> nodes() {
          return Map.of();
        }
      };

  /** The sum over these apps on the other nodes; nothing while nobody can say. */
  Rates sum(Collection<AppId> apps);

  /** Each of them by its id. */
  Map<String, NodePulse> nodes();
}
