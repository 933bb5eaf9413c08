package io.tidegate.hook;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.TenantId;
import io.tidegate.webhook.WebhookSecret;
import io.tidegate.webhook.send.SigningSecret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Hooks for tests, and changes that they may make: any JSON text in {@code made}. */
final class HookFixture {
  static final TenantId TENANT = new TenantId(new UUID(0, 1));
  static final AppId APP = new AppId("7");
  static final SigningSecret SECRET = new SigningSecret("tgh_" + "a".repeat(47));

  /** Of an hour for an answer in a second: a machine that stands still is waited for. */
  static final HookPace PATIENT = pace(32, 64);

  static final Inquiry INQUIRY = new Inquiry("room", "{}");

  private HookFixture() {}

  static HookPace pace(int places, int tenantPlaces) {
    return new HookPace(places, tenantPlaces, 512, 20, 50, Duration.ofHours(1), 60);
  }

  static Hook hook(UUID id, HookKind kind, String url, Duration timeout, Duration cache) {
    return new Hook(
        id,
        1,
        TENANT,
        APP,
        "h",
        kind,
        url,
        new ChannelPattern("*"),
        OnFailure.REFUSE,
        timeout,
        cache,
        true,
        List.of(new WebhookSecret(SECRET, null)));
  }

  static Hook publish(UUID id, String url, Duration timeout) {
    return hook(id, HookKind.BEFORE_PUBLISH, url, timeout, Duration.ZERO);
  }

  /** Takes what is in {@code made} as it is. */
  static final class AnyChange implements Changes<Object> {
    @Override
    public Set<String> fields() {
      return Set.of("made");
    }

    @Override
    public Object read(byte[] json, Map<String, Object> answer) {
      return String.valueOf(answer.get("made"));
    }
  }
}
