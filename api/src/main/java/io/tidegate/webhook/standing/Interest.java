package io.tidegate.webhook.standing;

import io.tidegate.channel.AppId;
import io.tidegate.problem.RefusedException;
import io.tidegate.webhook.Webhook;
import io.tidegate.webhook.Webhooks;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which apps have webhooks that want to know what stands. */
final class Interest {
  /** More than are served at a time by one node; beyond it all are read anew. */
  private static final int MAX_APPS = 20_000;

  private final Webhooks webhooks;

  /** The kinds that an app's webhooks want, a bit for each; not there: unknown. */
  private final ConcurrentHashMap<AppId, Integer> kinds = new ConcurrentHashMap<>();

  /** As many as change within one flush. */
  private final Set<AppId> changed = ConcurrentHashMap.newKeySet();

  Interest(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** Any thread; never waits. */
  boolean mayFollow(AppId app, Kind kind) {
    Integer known = kinds.get(app);
    return known == null || (known & bit(kind)) != 0;
  }

  /** The app or its webhooks are others than they were. Any thread. */
  void changed(AppId app) {
    changed.add(app);
  }

  /** Apps that are known here and have changed; on the flush's thread, as all below. */
  List<AppId> takeChanged() {
    List<AppId> taken = List.copyOf(changed);
    taken.forEach(changed::remove);
    return taken.stream().filter(kinds::containsKey).toList();
  }

  /** Too many apps are known: all are forgotten, and everything is to be looked at. */
  boolean forget() {
    if (kinds.size() <= MAX_APPS) {
      return false;
    }
    kinds.clear();
    return true;
  }

  /**
   * Reads what the app's webhooks want. May wait.
   *
   * @throws RefusedException STORE_UNAVAILABLE
   */
  void read(AppId app) {
    int wanted = 0;
    for (Webhook webhook : webhooks.of(app)) {
      for (Kind kind : Kind.values()) {
        if (webhook.enabled() && kind.isAmong(webhook.events())) {
          wanted |= bit(kind);
        }
      }
    }
    kinds.put(app, wanted);
  }

  /**
   * Whether some webhook wants to know of it. May wait, for an app that is not known.
   *
   * @throws RefusedException STORE_UNAVAILABLE
   */
  boolean wants(Fact fact) {
    if (!kinds.containsKey(fact.app())) {
      read(fact.app());
    }
    if (!mayFollow(fact.app(), fact.kind())) {
      return false;
    }
    for (Webhook webhook : webhooks.of(fact.app())) {
      if (webhook.wants(fact.kind().begun(), fact.subject())
          || webhook.wants(fact.kind().ended(), fact.subject())
          || wantsChanges(webhook, fact)) {
        return true;
      }
    }
    return false;
  }

  private static boolean wantsChanges(Webhook webhook, Fact fact) {
    return fact.kind().changed() != null && webhook.wants(fact.kind().changed(), fact.subject());
  }

  private static int bit(Kind kind) {
    return 1 << kind.ordinal();
  }
}
