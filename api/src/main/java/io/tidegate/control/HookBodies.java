package io.tidegate.control;

import io.tidegate.channel.ChannelPattern;
import io.tidegate.hook.Hook;
import io.tidegate.hook.HookKind;
import io.tidegate.hook.OnFailure;
import io.tidegate.hook.store.HookChange;
import io.tidegate.json.Fields;
import org.jspecify.annotations.Nullable;

/** The parts of request bodies that are about hooks, bounds as in the contract. */
final class HookBodies {
  private HookBodies() {}

  /** Reads all fields but the kind; {@link Fields#check} follows. */
  static HookChange change(Fields fields, WebhookTargets targets) {
    return new HookChange(
        Bodies.name(fields),
        fields.value("url", targets::of),
        fields.value("pattern", ChannelPattern::new),
        fields.has("onFailure")
            ? fields.oneOf("onFailure", OnFailure.class, OnFailure::wireName, OnFailure.REFUSE)
            : null,
        number(fields, "timeoutMs", 1, (int) Hook.MAX_TIMEOUT.toMillis()),
        number(fields, "cacheSeconds", 0, (int) Hook.MAX_CACHE.toSeconds()),
        fields.has("enabled") ? (Boolean) fields.flag("enabled", true) : null);
  }

  static HookKind kind(Fields fields) {
    return fields.oneOf("kind", HookKind.class, HookKind::wireName, HookKind.BEFORE_PUBLISH);
  }

  private static @Nullable Integer number(Fields fields, String name, int min, int max) {
    return fields.has(name) ? (Integer) (int) fields.number(name, min, max, min) : null;
  }
}
