package io.tidegate.events;

import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.websocket.WebSocketSession;
import io.tidegate.channel.TenantId;
import io.tidegate.control.ControlAuthenticator;
import io.tidegate.control.ControlPrincipal;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Role;
import io.tidegate.tenant.store.AuditEvent;
import io.tidegate.tenant.store.AuditListener;
import io.tidegate.tenant.store.JdbcAudit;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who listens, and what of tenants they may hear: a tenant's listeners that tenant's events only,
 * and no more than the same token may read over REST. Warnings of limits are for every role.
 */
@Singleton
public class EventStream implements AuditListener {
  /** Of one node, shown a token or not: consoles, not clients. */
  static final int MAX_LISTENERS = 200;

  private static final String LIMIT_WARNING = "limit.warning";
  private static final int TICK_MILLIS = 4_000;
  private static final int TICKS_PER_PING = 6;
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  private final ConcurrentHashMap<String, EventListener> listeners = new ConcurrentHashMap<>();
  private final ControlAuthenticator authenticator;
  private final ExecutorService blocking;
  private final ScheduledExecutorService timer;
  private volatile boolean draining;
  private int ticks;

  EventStream(
      JdbcAudit audit,
      ControlAuthenticator authenticator,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking,
      @Named("node-timer") ScheduledExecutorService timer) {
    this.authenticator = authenticator;
    this.blocking = blocking;
    this.timer = timer;
    audit.listen(this);
  }

  EventListener open(WebSocketSession session) {
    EventListener listener = new EventListener(session);
    if (draining) {
      listener.end(new RefusedException(Refusal.DRAINING, "this node is going down"));
    } else if (listeners.size() >= MAX_LISTENERS) {
      listener.end(
          new RefusedException(Refusal.OVERLOADED, "as many listen as this node lets listen"));
    } else {
      listeners.put(session.getId(), listener);
    }
    return listener;
  }

  @Nullable EventListener of(WebSocketSession session) {
    return listeners.get(session.getId());
  }

  void close(WebSocketSession session) {
    EventListener listener = listeners.remove(session.getId());
    if (listener != null) {
      listener.gone();
    }
  }

  @Override
  public boolean listens() {
    return !listeners.isEmpty();
  }

  @Override
  public void onEvent(AuditEvent event) {
    TenantId of = new TenantId(event.tenantId());
    if (of.equals(JdbcAudit.INSTALLATION)) {
      return;
    }
    Role least = event.action().equals(LIMIT_WARNING) ? Role.VIEWER : Role.DEVELOPER;
    String frame = EventFrames.audit(event);
    tell(frame, who -> who.mayHear(of, least));
  }

  /**
   * A node of the installation came up, drains or is gone: for operators.
   *
   * @param state {@code up}, {@code draining} or {@code gone}
   */
  public void node(String id, String version, String state) {
    tell(EventFrames.node(id, version, state), who -> who.role() == Role.OPERATOR);
  }

  private void tell(String frame, Predicate<ControlPrincipal> may) {
    for (EventListener listener : listeners.values()) {
      ControlPrincipal who = listener.principal();
      if (who != null && may.test(who)) {
        listener.tell(frame);
      }
    }
  }

  /** This node is going down: everyone is sent elsewhere. */
  public void drain() {
    draining = true;
    RefusedException reason =
        RefusedException.retryAfter(Refusal.DRAINING, "this node is going down", 500);
    listeners.values().forEach(listener -> listener.end(reason));
  }

  /**
   * By itself, and not as the framework's scheduled method: that one is looked up among the beans
   * at each of its runs, and fails when one that a busy machine has put off meets a context that
   * has been closed, as after a start that failed.
   */
  @PostConstruct
  void begin() {
    timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      look();
    } catch (RejectedExecutionException e) {
      LOG.debug("the node goes down", e);
    } catch (RuntimeException e) {
      LOG.error("listeners were not looked at, it goes on", e);
    }
  }

  /** Tokens that were deleted or have expired end within 5 s; and lines are kept from idling. */
  private void look() {
    if (++ticks % TICKS_PER_PING == 0) {
      listeners.values().forEach(EventListener::ping);
    }
    for (EventListener listener : listeners.values()) {
      ControlPrincipal who = listener.principal();
      if (who != null) {
        blocking.execute(() -> recheck(listener, who));
      }
    }
  }

  private void recheck(EventListener listener, ControlPrincipal who) {
    try {
      listener.known(authenticator.recheck(who));
    } catch (RefusedException refused) {
      // A database that is away revokes nothing.
      if (refused.refusal().httpStatus() < 500) {
        listener.end(refused);
      }
    }
  }
}
