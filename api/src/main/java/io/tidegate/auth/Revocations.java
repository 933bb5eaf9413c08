package io.tidegate.auth;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import io.tidegate.tenant.Caller;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The revocations in force on this node, in memory per app: read from the store when an app's first
 * token comes, then kept, so that known apps serve on while the store is away.
 */
@Singleton
public final class Revocations {
  /** About 150 bytes each: 15 MB for the greediest app. */
  static final int MAX_PER_APP = 100_000;

  /** Over all apps; beyond it the apps that were asked for longest ago are read again. */
  private static final long MAX_IN_MEMORY = 500_000;

  private static final long FULL_RETRY_MILLIS = 60_000;

  private final RevocationStore store;
  private final InstantSource clock;
  private final LoadingCache<AppId, AppRevocations> byApp;
  private final List<RevocationListener> listeners = new CopyOnWriteArrayList<>();

  public Revocations(RevocationStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.byApp =
        Caffeine.newBuilder()
            .maximumWeight(MAX_IN_MEMORY)
            .weigher((AppId app, AppRevocations revocations) -> 1 + revocations.size())
            .executor(Runnable::run)
            .build(app -> AppRevocations.of(store.load(app, clock.instant())));
  }

  /**
   * @throws RefusedException TOKEN_REVOKED when one covers the principal's token; STORE_UNAVAILABLE
   *     when the app's revocations are not known here and cannot be read
   */
  void requireNotRevoked(AppPrincipal token) {
    if (byApp.get(token.app()).cover(token)) {
      throw new RefusedException(Refusal.TOKEN_REVOKED, "the token was revoked")
          .by(Step.TOKEN_REVOKED, "a revocation of its key, client or token id covers it");
    }
  }

  /** In force on this node when it returns, and durable. Listeners have heard of it. */
  public void revoke(Caller by, TenantId tenant, AppId app, List<Revocation> revocations) {
    AppRevocations known = byApp.get(app).without(clock.instant());
    if (known.size() + revocations.size() > MAX_PER_APP) {
      throw RefusedException.retryAfter(
          Refusal.REQUEST_RATE_EXCEEDED,
          "the app has " + MAX_PER_APP + " revocations in force; revoke by key instead",
          FULL_RETRY_MILLIS);
    }
    store.add(by, tenant, app, revocations);
    byApp.asMap().computeIfPresent(app, (id, loaded) -> loaded.plus(revocations));
    listeners.forEach(listener -> listener.revoked(app));
  }

  /** Reads an app's revocations again: for when another node may have added some. */
  public void reload(AppId app) {
    byApp.asMap().computeIfPresent(app, (id, old) -> old.plus(store.load(id, clock.instant())));
    listeners.forEach(listener -> listener.revoked(app));
  }

  /** The same for every app that is known here. */
  public void reload() {
    List.copyOf(byApp.asMap().keySet()).forEach(this::reload);
  }

  /** Forgets what has expired, here and in the store. */
  public void dropExpired() {
    for (AppId app : byApp.asMap().keySet()) {
      byApp.asMap().computeIfPresent(app, (id, loaded) -> loaded.without(clock.instant()));
    }
    store.dropExpired(clock.instant());
  }

  public void listen(RevocationListener listener) {
    listeners.add(listener);
  }
}
