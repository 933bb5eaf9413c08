package io.tidegate.webhook.deliver;

import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;

/** What calls cost those whose they are. */
public interface Toll {
  /** Of those who may call as often as they like, and are charged nothing. */
  Toll NONE =
      new Toll() {
        @Override
        public long waitMillis(TenantId tenant) {
          return 0;
        }

        @Override
        public void called(AppId app) {}
      };

  /**
   * Takes one call of the tenant's rate; 0 when it may be made, else when to ask again. May wait
   * for other nodes.
   */
  long waitMillis(TenantId tenant);

  /** A call was made. */
  void called(AppId app);
}
