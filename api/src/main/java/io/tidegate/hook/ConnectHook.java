package io.tidegate.hook;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.Narrowing;
import io.tidegate.channel.AppId;
import io.tidegate.json.StrictJson;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks an app's connect hook about who has shown a credential that is good: before the client is
 * told that it is connected, and again when it shows a fresh token, as what the hook took away is
 * not to be had back by that. May wait as long as the hook may take: on virtual threads only.
 */
public final class ConnectHook {
  /** Of which no app has one. */
  public static final ConnectHook NONE =
      new ConnectHook(Hooks.NONE, HookCalls.NONE, InstantSource.system());

  private final Hooks hooks;
  private final HookCalls calls;
  private final InstantSource clock;
  private final ConnectCache cache = new ConnectCache();

  public ConnectHook(Hooks hooks, HookCalls calls, InstantSource clock) {
    this.hooks = hooks;
    this.calls = calls;
    this.clock = clock;
  }

  /** Whether anybody is asked. */
  public boolean isSet(AppId app) {
    return hooks.of(app).connect() != null;
  }

  /**
   * Who it is as the hook lets them in; the same where none is asked.
   *
   * @throws io.tidegate.problem.RefusedException HOOK_REFUSED, HOOK_UNAVAILABLE
   */
  public AppPrincipal letIn(AppPrincipal who, Visit visit) {
    Hook hook = hooks.of(who.app()).connect();
    if (hook == null || who.isConsole()) {
      // A person in the console is none of the app's clients.
      return who;
    }
    Narrowing made = HookRulings.made(hook, verdict(hook, who, visit));
    return made == null ? who : who.narrowed(made);
  }

  private Verdict<Narrowing> verdict(Hook hook, AppPrincipal who, Visit visit) {
    if (hook.cache().isZero()) {
      return ask(hook, who, visit, now());
    }
    ConnectCache.Who same = ConnectCache.Who.of(hook, who, visit);
    Verdict<Narrowing> known = cache.find(same);
    if (known != null) {
      calls.cached(hook);
      return known;
    }
    long now = now();
    Verdict<Narrowing> verdict = ask(hook, who, visit, now);
    cache.keep(hook, same, verdict, now);
    return verdict;
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private Verdict<Narrowing> ask(Hook hook, AppPrincipal who, Visit visit, long now) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("clientId", who.clientId());
    data.put("keyName", who.key());
    data.put("protocol", visit.protocol());
    data.put("address", visit.address());
    data.put("origin", visit.origin());
    data.put("capabilities", capabilities(who));
    data.put("expiresAt", who.expiresAt() == Long.MAX_VALUE ? null : who.expiresAt() * 1000);
    Narrowings narrowings = new Narrowings(who.clientId() != null, now);
    return calls.ask(hook, new Inquiry(who.clientId(), StrictJson.write(data)), narrowings);
  }

  /** As they are in a token. */
  private static Map<String, List<String>> capabilities(AppPrincipal who) {
    Map<String, List<String>> grants = new LinkedHashMap<>();
    who.rights()
        .own()
        .grants()
        .forEach(
            (pattern, operations) -> {
              List<String> names = new ArrayList<>();
              operations.forEach(operation -> names.add(operation.wireName()));
              grants.put(pattern.value(), names);
            });
    return grants;
  }
}
