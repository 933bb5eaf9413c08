package io.tidegate.hook;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.TenantId;
import io.tidegate.webhook.WebhookSecret;
import io.tidegate.webhook.send.SigningSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Whoever is asked, as those who ask need it.
 *
 * @param version another one after each change
 * @param url guarded when it is called
 * @param pattern of the channels it is asked about; {@code *} for one that is asked about clients
 * @param timeout for a whole answer
 * @param cache for so long a decision over a client holds for the same client
 * @param secrets the newest first
 */
public record Hook(
    UUID id,
    long version,
    TenantId tenant,
    AppId app,
    String name,
    HookKind kind,
    String url,
    ChannelPattern pattern,
    OnFailure onFailure,
    Duration timeout,
    Duration cache,
    boolean enabled,
    List<WebhookSecret> secrets) {
  public static final Duration MAX_TIMEOUT = Duration.ofSeconds(1);
  public static final Duration MAX_CACHE = Duration.ofHours(1);

  public Hook {
    secrets = List.copyOf(secrets);
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException("an answer is waited for 1 s at most");
    }
    if (cache.isNegative() || cache.compareTo(MAX_CACHE) > 0) {
      throw new IllegalArgumentException("a decision is kept for an hour at most");
    }
  }

  /** What a call at that time is signed with; two while a rotation is under way. */
  List<SigningSecret> secretsAt(Instant now) {
    return secrets.stream().filter(one -> one.isGood(now)).map(WebhookSecret::signing).toList();
  }

  /** For people. */
  public String called() {
    return kind.wireName() + " hook " + name + " (" + id + ")";
  }
}
