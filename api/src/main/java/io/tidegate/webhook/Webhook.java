package io.tidegate.webhook;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.TenantId;
import io.tidegate.webhook.send.SigningSecret;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Whoever is told, as those who tell need it.
 *
 * @param pattern of the channels whose events it wants
 * @param maxEvents in one call, at most
 * @param secrets the newest first
 */
public record Webhook(
    UUID id,
    TenantId tenant,
    AppId app,
    URI url,
    Set<EventType> events,
    ChannelPattern pattern,
    int maxEvents,
    boolean enabled,
    List<WebhookSecret> secrets) {
  public Webhook {
    events = Set.copyOf(events);
    secrets = List.copyOf(secrets);
  }

  public boolean wants(EventType type, Subject subject) {
    return enabled
        && events.contains(type)
        && (subject.channel() == null || pattern.matches(subject.channel()));
  }

  /** What a call at that time is signed with; two while a rotation is under way. */
  public List<SigningSecret> secretsAt(Instant now) {
    return secrets.stream().filter(one -> one.isGood(now)).map(WebhookSecret::signing).toList();
  }
}
