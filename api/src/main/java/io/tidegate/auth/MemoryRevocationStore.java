package io.tidegate.auth;

import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Caller;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Revocations that a restart forgets, and no record of them: for tests. Guarded by this. */
public final class MemoryRevocationStore implements RevocationStore {
  private final Map<AppId, AppRevocations> byApp = new HashMap<>();

  @Override
  public synchronized void add(
      Caller by, TenantId tenant, AppId app, List<Revocation> revocations) {
    byApp.put(app, byApp.getOrDefault(app, AppRevocations.of(List.of())).plus(revocations));
  }

  @Override
  public synchronized List<Revocation> load(AppId app, Instant now) {
    AppRevocations kept = byApp.getOrDefault(app, AppRevocations.of(List.of()));
    return List.copyOf(kept.without(now).byTarget().values());
  }

  @Override
  public synchronized int dropExpired(Instant now) {
    int before = size();
    byApp.replaceAll((app, revocations) -> revocations.without(now));
    return before - size();
  }

  private int size() {
    return byApp.values().stream().mapToInt(AppRevocations::size).sum();
  }
}
