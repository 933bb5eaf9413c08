package io.tidegate.auth;

import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Caller;
import java.time.Instant;
import java.util.List;

/**
 * Where revocations are kept. Calls may block and are made on virtual threads; faults surface as
 * {@code RefusedException} STORE_UNAVAILABLE.
 */
public interface RevocationStore {
  /**
   * Keeps all of them, or none. One that a target has already is widened, never narrowed. Committed
   * when the call returns, together with the record of who did it.
   */
  void add(Caller by, TenantId tenant, AppId app, List<Revocation> revocations);

  /** The app's revocations that expire after {@code now}, one for each target. */
  List<Revocation> load(AppId app, Instant now);

  /** Forgets those that expired at or before {@code now}; returns how many. */
  int dropExpired(Instant now);
}
