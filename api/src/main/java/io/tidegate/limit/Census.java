package io.tidegate.limit;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.TenantId;
import java.util.Set;

/**
 * Knows which channels there really are: occupied, or with messages stored; and what is stored. May
 * read the database; fails with {@code RefusedException} STORE_UNAVAILABLE.
 */
public interface Census {
  /** A tenant's channels, so many at most. */
  Set<ChannelId> channels(TenantId tenant, long most);

  boolean isOpen(ChannelId channel);

  /** What the durable log holds of a tenant, as {@code Message.storedBytes} counts. */
  long storedBytes(TenantId tenant);
}
