package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.Authenticator;
import io.tidegate.auth.ChannelAccess;
import io.tidegate.auth.Origins;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Operation;
import io.tidegate.channel.Published;
import io.tidegate.frame.ServerEvent;
import io.tidegate.hub.Start;
import io.tidegate.limit.Attempts;
import io.tidegate.limit.Quotas;
import io.tidegate.presence.Presence;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Steps;
import io.tidegate.publish.Publisher;
import io.tidegate.tenant.Directory;
import io.tidegate.trace.Trace;
import io.tidegate.trace.Traces;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what clients ask for. Called on a session's lane, one command at a time, so it may
 * wait for the database; what changes the session then happens on its loop, in the same order.
 */
public final class Commands {
  private final Authenticator authenticator;
  private final Origins origins;
  private final Directory directory;
  private final Publisher publisher;
  private final Quotas quotas;
  private final Attempts attempts;
  private final Traces traces;
  private final Attendants attendants;

  public Commands(
      Authenticator authenticator,
      Origins origins,
      Directory directory,
      Publisher publisher,
      Quotas quotas,
      Attempts attempts,
      Traces traces,
      Presence presence) {
    this.authenticator = authenticator;
    this.origins = origins;
    this.directory = directory;
    this.publisher = publisher;
    this.quotas = quotas;
    this.attempts = attempts;
    this.traces = traces;
    this.attendants = new Attendants(presence);
  }

  void handle(Session session, Command command) {
    try {
      AppPrincipal who = session.principal();
      if (command instanceof Command.Auth auth) {
        authenticate(session, auth, who != null);
      } else if (who == null) {
        throw new RefusedException(Refusal.CREDENTIAL_MISSING, "the first frame is auth");
      } else {
        perform(session, who, command);
      }
    } catch (RuntimeException | Error failure) {
      // An error too: it is answered, and what stands behind it in the lane goes on.
      failed(session, command, failure);
    }
  }

  private void authenticate(Session session, Command.Auth auth, boolean again) {
    Admitted admitted = again ? renewed(session, auth) : admitted(session, auth);
    CompletableFuture<Boolean> known = new CompletableFuture<>();
    session.onLoop(
        () -> {
          try {
            if (again) {
              session.client().renewed(auth.id(), admitted);
            } else {
              session.authenticated(admitted, auth.resume(), auth.echo());
            }
          } finally {
            known.complete(true);
          }
        });
    // A client need not wait for the answer: the next command is carried out as this client.
    known.join();
  }

  private Admitted admitted(Session session, Command.Auth auth) {
    AppPrincipal who = attempts.check(session.address(), () -> authenticator.token(auth.token()));
    origins.require(who, session.arrival().origin(), session.arrival().host());
    return session.client().admit(who, auth.resume());
  }

  private Admitted renewed(Session session, Command.Auth auth) {
    AppPrincipal who = attempts.count(session.address(), () -> authenticator.token(auth.token()));
    origins.require(who, session.arrival().origin(), session.arrival().host());
    return session.client().admitAgain(who);
  }

  private void perform(Session session, AppPrincipal who, Command command) {
    switch (command) {
      case Command.Subscribe subscribe -> {
        for (ChannelName channel : subscribe.channels()) {
          try {
            subscribe(session, who, subscribe, channel);
          } catch (RefusedException refused) {
            refuse(session, subscribe.id(), in(refused, subscribe, channel), channel);
          }
        }
      }
      case Command.Unsubscribe unsubscribe -> {
        attendants.leave(session, who, unsubscribe.channel());
        session.onLoop(() -> session.subscriptions().end(unsubscribe.id(), unsubscribe.channel()));
      }
      case Command.Presence presence -> attendants.change(session, who, presence);
      case Command.PresenceGet get -> attendants.page(session, who, get);
      case Command.Publish publish -> publish(session, who, publish);
      case Command.Ping ping -> session.onLoop(() -> session.tell(new ServerEvent.Pong(ping.id())));
      case Command.Auth auth -> throw new IllegalStateException("handled before");
    }
  }

  private void publish(Session session, AppPrincipal who, Command.Publish publish) {
    Trace trace = traces.begin(session.traceparent());
    CompletionStage<Published> answer;
    try {
      List<Draft> drafts = publish.messages().read(who, session.connectionId());
      answer = publisher.publish(who, publish.channel(), drafts, trace, publish.id());
    } catch (RuntimeException failure) {
      answer = CompletableFuture.failedFuture(failure);
    }
    answer.whenComplete(
        (done, failure) -> {
          answer(session, publish, done, failure);
          if (trace != null) {
            SessionTraces.published(trace, session, who, failure);
          }
        });
  }

  /**
   * Begins one subscription, with the channel's rules applied.
   *
   * @throws RefusedException when the principal may not
   */
  private void subscribe(
      Session session, AppPrincipal who, Command.Subscribe asked, ChannelName channel) {
    Namespace rules = directory.rules(who.app()).of(channel);
    ChannelId channelId = new ChannelId(who.app(), channel);
    requireMay(who, channel, rules, asked.presence());
    Start start = asked.start();
    Start allowed = start instanceof Start.Rewind rewind ? within(rules, rewind) : start;
    session.onLoop(
        () ->
            session.subscriptions().begin(asked.id(), channelId, allowed, rules, asked.presence()));
  }

  /**
   * Whether the principal may subscribe by the rules of the channel, and the tenant's limits.
   *
   * @throws RefusedException when it may not
   */
  public void requireSubscribe(AppPrincipal who, ChannelName channel, boolean presence) {
    try {
      requireMay(who, channel, directory.rules(who.app()).of(channel), presence);
    } catch (RefusedException refused) {
      throw refused.in(Operation.SUBSCRIBE.wireName(), channel.value());
    }
  }

  private void requireMay(
      AppPrincipal who, ChannelName channel, Namespace rules, boolean presence) {
    ChannelAccess.requireSubscribe(who, channel, rules, Steps.UNTOLD);
    if (presence) {
      ChannelAccess.requirePresence(rules, Steps.UNTOLD);
    }
    quotas.of(who.tenant()).requireChannel(new ChannelId(who.app(), channel));
  }

  private static Start within(Namespace rules, Start.Rewind asked) {
    return new Start.Rewind(
        Math.min(asked.messages(), rules.rewind().messages()),
        Math.min(asked.seconds(), rules.rewind().seconds()));
  }

  private static void answer(
      Session session,
      Command.Publish publish,
      @Nullable Published done,
      @Nullable Throwable failure) {
    if (failure != null) {
      failed(session, publish, failure);
      return;
    }
    String id = publish.id();
    if (done != null && id != null) {
      ServerEvent accepted = new ServerEvent.PublishAccepted(id, publish.channel(), done);
      session.onLoop(() -> session.tell(accepted));
    }
  }

  private static void failed(Session session, Command command, Throwable failure) {
    RefusedException told = RefusedException.of(failure);
    SessionLog.refused(session, told);
    ChannelName channel =
        switch (command) {
          case Command.Publish publish -> publish.channel();
          case Command.Unsubscribe unsubscribe -> unsubscribe.channel();
          case Command.Subscribe subscribe -> null;
          case Command.Presence presence -> presence.channel();
          case Command.PresenceGet get -> get.channel();
          case Command.Auth auth -> null;
          case Command.Ping ping -> null;
        };
    RefusedException refused = in(told, command, channel);
    if (command instanceof Command.Auth || refused.refusal() == Refusal.CREDENTIAL_MISSING) {
      session.onLoop(() -> session.client().authFailed(command.id(), refused));
    } else {
      refuse(session, command.id(), refused, channel);
    }
  }

  /** A refusal with what was asked for. */
  private static RefusedException in(
      RefusedException refused, Command command, @Nullable ChannelName channel) {
    String operation =
        switch (command) {
          case Command.Publish publish -> Operation.PUBLISH.wireName();
          case Command.Subscribe subscribe -> Operation.SUBSCRIBE.wireName();
          case Command.Unsubscribe unsubscribe -> Operation.SUBSCRIBE.wireName();
          case Command.PresenceGet get -> Operation.SUBSCRIBE.wireName();
          case Command.Presence presence -> Operation.PRESENCE.wireName();
          case Command.Auth auth -> "connect";
          case Command.Ping ping -> null;
        };
    return refused.in(operation, channel == null ? null : channel.value());
  }

  private static void refuse(
      Session session,
      @Nullable String id,
      RefusedException refused,
      @Nullable ChannelName channel) {
    session.onLoop(() -> session.refused(id, refused, channel));
  }
}
