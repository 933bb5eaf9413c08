package io.tidegate.tenant;

import io.tidegate.channel.AppId;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * The data plane's view of apps, keys and rules: answered from memory when known, from PostgreSQL
 * else (so call it on a virtual thread). Known entries serve on while PostgreSQL is away, without
 * Redis for a minute; unknown ones then fail with {@code RefusedException} STORE_UNAVAILABLE, never
 * with an empty answer. When no store has answered for a minute, known apps and keys fail so, too:
 * they may have been revoked. So does, after 5 s, an app that is told to have changed and cannot be
 * read.
 */
public interface Directory {
  /** The app, empty when there is none or it is being deleted. */
  Optional<App> app(AppId app);

  /** The key, revoked and expired ones included, empty when there is none. */
  Optional<Key> key(KeyName name);

  /** The app's rules; empty rules for an unknown app. */
  AppRules rules(AppId app);

  /**
   * For what goes into a channel's store, which a change of rules may have made another.
   *
   * @throws io.tidegate.problem.RefusedException RULES_UNKNOWN when the app is known to have
   *     changed, and could not be read for 5 s
   */
  default void requireRulesRead(AppId app) {}

  /**
   * The tenant's limits.
   *
   * @throws io.tidegate.problem.RefusedException NOT_FOUND when there is no such tenant
   */
  Limits limits(TenantId tenant);

  /** The tenant's apps, those that are being deleted not; read from the database each time. */
  List<AppId> apps(TenantId tenant);

  /** Apps whose channels have still to follow a change of their rules. */
  List<AppId> unsettled();

  /**
   * Every channel of the app follows its changes up to this one: the rules before them are
   * forgotten.
   */
  void settle(AppId app, long change);

  /** Calls back after every change of an app, its keys or rules, on whatever thread saw it. */
  void listen(DirectoryListener listener);
}
