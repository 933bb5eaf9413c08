package io.tidegate.tenant;

import io.tidegate.channel.AppId;
import io.tidegate.channel.Capabilities;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Rules;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A directory in memory, for tests: put what an installation should have, listeners hear of it.
 * {@link #storeAway} plays PostgreSQL being away: what was asked for before serves on.
 */
public final class MemoryDirectory implements Directory {
  private final Map<AppId, App> apps = new ConcurrentHashMap<>();
  private final Map<KeyName, Key> keys = new ConcurrentHashMap<>();
  private final Map<TenantId, Limits> limits = new ConcurrentHashMap<>();
  private final Map<AppId, AppRules> rules = new ConcurrentHashMap<>();
  private final Set<Object> known = ConcurrentHashMap.newKeySet();
  private final List<DirectoryListener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean storeAway;

  @Override
  public Optional<App> app(AppId app) {
    return recall(app, Optional.ofNullable(apps.get(app)));
  }

  @Override
  public Optional<Key> key(KeyName name) {
    return recall(name, Optional.ofNullable(keys.get(name)));
  }

  @Override
  public AppRules rules(AppId app) {
    return recall(List.of(app), rules.getOrDefault(app, AppRules.EMPTY));
  }

  @Override
  public Limits limits(TenantId tenant) {
    return recall(tenant, limits.getOrDefault(tenant, Limits.INITIAL));
  }

  @Override
  public List<AppId> apps(TenantId tenant) {
    return apps.values().stream().filter(a -> a.tenant().equals(tenant)).map(App::id).toList();
  }

  @Override
  public List<AppId> unsettled() {
    return rules.entrySet().stream()
        .filter(entry -> !entry.getValue().superseded().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public void settle(AppId app, long change) {
    rules.computeIfPresent(
        app,
        (id, known) ->
            new AppRules(
                known.current(),
                known.superseded().stream().filter(old -> old.change() > change).toList()));
  }

  @Override
  public void listen(DirectoryListener listener) {
    listeners.add(listener);
  }

  /** An app that any origin may use. */
  public App putApp(AppId id, TenantId tenant) {
    return putApp(new App(id, tenant, "app " + id, List.of("*")));
  }

  public App putApp(App app) {
    apps.put(app.id(), app);
    changed(app.id());
    return app;
  }

  /** A key in force, its secret the given text. The app must be there. */
  public Key putKey(KeyName name, String secret, Capabilities capabilities) {
    App app = Optional.ofNullable(apps.get(name.app())).orElseThrow();
    byte[] bytes = secret.getBytes(StandardCharsets.US_ASCII);
    return putKey(new Key(name, app.tenant(), bytes, capabilities, null, null));
  }

  /** The key as given; replaces one of the same name, so it also narrows, expires and revokes. */
  public Key putKey(Key key) {
    keys.put(key.name(), key);
    changed(key.name().app());
    return key;
  }

  /** Revokes a key that is there. */
  public void revokeKey(KeyName name, Instant at) {
    Key old = Optional.ofNullable(keys.get(name)).orElseThrow();
    putKey(
        new Key(old.name(), old.tenant(), old.secret(), old.capabilities(), old.expiresAt(), at));
  }

  /** These namespaces and no others, at once, nothing pending. */
  public void putRules(AppId app, Namespace... namespaces) {
    putRules(app, new AppRules(new Rules(List.of(namespaces)), List.of()));
  }

  public void putRules(AppId app, AppRules appRules) {
    rules.put(app, appRules);
    changed(app);
  }

  /** The tenant's limits from now on. */
  public void putLimits(TenantId tenant, Limits changed) {
    limits.put(tenant, changed);
    for (DirectoryListener listener : listeners) {
      listener.limitsChanged(tenant);
    }
  }

  /** The app goes, with its keys and rules. */
  public void removeApp(AppId app) {
    apps.remove(app);
    keys.keySet().removeIf(name -> name.app().equals(app));
    rules.remove(app);
    changed(app);
  }

  /** While away, only what was asked for before is answered; the rest is STORE_UNAVAILABLE. */
  public void storeAway(boolean away) {
    storeAway = away;
  }

  private <T> T recall(Object question, T answer) {
    if (storeAway && !known.contains(question)) {
      throw new RefusedException(Refusal.STORE_UNAVAILABLE, "the store cannot be reached");
    }
    known.add(question);
    return answer;
  }

  private void changed(AppId app) {
    for (DirectoryListener listener : listeners) {
      listener.changed(app);
    }
  }
}
