package io.tidegate.webhook.source;

import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.limit.WarningSink;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.Limit;
import io.tidegate.webhook.Event;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.Subject;
import io.tidegate.webhook.WebhookEvents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code limit.warning}: {@code {limit, value, of}}. Limits are a tenant's, so each of its apps
 * that wants to is told, as an event of its own.
 */
public final class LimitWarnings implements WarningSink {
  private final Directory directory;
  private final WebhookEvents events;

  public LimitWarnings(Directory directory, WebhookEvents events) {
    this.directory = directory;
    this.events = events;
  }

  @Override
  public Runnable prepare(TenantId tenant, Limit limit, long used, long most) {
    List<Event> wanted =
        directory.apps(tenant).stream()
            .filter(app -> events.wants(app, EventType.LIMIT_WARNING, Subject.APP))
            .map(app -> event(app, limit, used, most))
            .toList();
    return () -> events.emit(wanted);
  }

  private static Event event(AppId app, Limit limit, long used, long most) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("limit", limit.wireName());
    data.put("value", used);
    data.put("of", most);
    return Event.of(app, EventType.LIMIT_WARNING, Subject.APP, null, data);
  }
}
