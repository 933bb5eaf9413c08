package io.tidegate.control;

import io.tidegate.hook.HookLog;
import io.tidegate.hook.HookOutcome;
import io.tidegate.hook.store.HookEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hooks as the contract shows them. */
final class HookViews {
  private HookViews() {}

  static Map<String, @Nullable Object> of(HookEntry hook) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", hook.id());
    view.put("appId", hook.app());
    view.put("name", hook.name());
    view.put("kind", hook.kind());
    view.put("url", hook.url());
    view.put("pattern", hook.isConnect() ? null : hook.pattern());
    view.put("onFailure", hook.onFailure());
    view.put("timeoutMs", hook.timeoutMs());
    view.put("cacheSeconds", hook.isConnect() ? hook.cacheSeconds() : null);
    view.put("enabled", hook.enabled());
    view.put("previousSecretExpiresAt", Times.text(hook.previousSecretExpiresAt()));
    view.put("createdAt", Times.text(hook.createdAt()));
    view.put("updatedAt", Times.text(hook.updatedAt()));
    return view;
  }

  static Map<String, @Nullable Object> of(String node, HookLog.View known) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (HookOutcome outcome : HookOutcome.values()) {
      counts.put(outcome.wireName(), known.counts().getOrDefault(outcome, 0L));
    }
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("node", node);
    view.put("counts", counts);
    view.put("items", known.entries().stream().map(HookViews::of).toList());
    return view;
  }

  private static Map<String, @Nullable Object> of(HookLog.Entry entry) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("at", Times.text(entry.at()));
    view.put("outcome", entry.outcome().wireName());
    view.put("latencyMs", entry.tookMillis());
    view.put("about", entry.about());
    view.put("detail", entry.detail());
    return view;
  }
}
