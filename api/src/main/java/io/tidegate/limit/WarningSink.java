package io.tidegate.limit;

import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Limit;

/** Where else a warning goes that is being recorded: with its record, or not at all. */
public interface WarningSink {
  /** Nowhere. */
  WarningSink NONE = (tenant, limit, used, most) -> () -> {};

  /**
   * Reads what it needs.
   *
   * @return what is to be done in the transaction of the record
   */
  Runnable prepare(TenantId tenant, Limit limit, long used, long most);
}
