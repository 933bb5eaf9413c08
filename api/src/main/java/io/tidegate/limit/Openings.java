package io.tidegate.limit;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.TenantId;

/**
 * What nodes tell each other of the channels that they let in, for tenants that have a limit of
 * them. Never waits.
 */
public interface Openings {
  /** Of a node that has no others. */
  Openings NONE =
      new Openings() {
        @Override
        public void tell(TenantId tenant, ChannelId channel) {}

        @Override
        public int unheard() {
          return 0;
        }

        @Override
        public void listen(Listener listener) {}
      };

  /** This node has let it in. */
  void tell(TenantId tenant, ChannelId channel);

  /** How many other nodes may let channels in without being heard here: 0 while all are heard. */
  int unheard();

  void listen(Listener listener);

  /** Hears of the other nodes, on any thread, and never waits in it. */
  interface Listener {
    void opened(TenantId tenant, ChannelId channel);

    /** Some of what they told is gone. */
    void missed();
  }
}
