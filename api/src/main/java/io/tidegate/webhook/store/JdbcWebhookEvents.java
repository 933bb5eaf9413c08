package io.tidegate.webhook.store;

import io.tidegate.channel.AppId;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import io.tidegate.webhook.Event;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.Subject;
import io.tidegate.webhook.WebhookEvents;
import io.tidegate.webhook.Webhooks;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Events into the queue in PostgreSQL, in the control plane's transactions. */
@Singleton
public class JdbcWebhookEvents implements WebhookEvents {
  private final JdbcWork work;
  private final Webhooks webhooks;
  private final JdbcEventRows rows;
  private final List<Consumer<Set<UUID>>> listeners = new CopyOnWriteArrayList<>();

  JdbcWebhookEvents(JdbcWork work, Webhooks webhooks) {
    this.work = work;
    this.webhooks = webhooks;
    this.rows = new JdbcEventRows(webhooks);
  }

  /** Calls with the webhooks for which something was committed here; must not wait. */
  public void listen(Consumer<Set<UUID>> toQueued) {
    listeners.add(toQueued);
  }

  @Override
  public boolean wants(AppId app, EventType type, Subject subject) {
    return webhooks.of(app).stream().anyMatch(one -> one.wants(type, subject));
  }

  @Override
  public void emit(List<Event> events) {
    List<Event> wanted =
        events.stream().filter(one -> wants(one.app(), one.type(), one.subject())).toList();
    if (wanted.isEmpty()) {
      return;
    }
    work.write(
        reach(wanted),
        () -> {
          try {
            Set<UUID> told = rows.write(work.connection(), wanted);
            work.afterCommit(() -> listeners.forEach(each -> each.accept(told)));
            return told;
          } catch (SQLException e) {
            throw JdbcWork.failed(e);
          }
        });
  }

  /** Of the one tenant that they are of, so that a transaction of its own can take them in. */
  private Reach reach(List<Event> events) {
    List<Reach> tenants =
        events.stream()
            .map(event -> webhooks.of(event.app()).getFirst().tenant())
            .distinct()
            .map(Reach::of)
            .toList();
    return tenants.size() == 1 ? tenants.getFirst() : Reach.EVERYTHING;
  }
}
