package io.tidegate.auth;

import io.tidegate.auth.AppRefusedException.Shown;
import io.tidegate.auth.AppRefusedException.Whose;
import io.tidegate.metalog.LogEvent;
import io.tidegate.metalog.MetaLog;
import io.tidegate.problem.Reason;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import io.tidegate.refusal.Circumstance;
import io.tidegate.refusal.Occurrence;
import io.tidegate.refusal.Refusals;
import io.tidegate.usage.Meters;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where every edge says that it has told a client a refusal: it counts as its app's, is kept for a
 * day, and is told to who listens to the app's log. Never waits, any thread, event loops among
 * them.
 */
public final class ToldRefusals {
  private final Meters meters;
  private final Refusals kept;
  private final MetaLog log;

  public ToldRefusals(Meters meters, Refusals kept, MetaLog log) {
    this.meters = meters;
    this.kept = kept;
    this.log = log;
  }

  /** To who is known. */
  public void told(AppPrincipal who, RefusedException refused, Supplier<Circumstance> where) {
    meters.of(who.app()).refused(refused.refusal().code());
    keep(Whose.of(who), refused, where);
  }

  /** To who is nobody yet; it is an app's if the refusal says so. */
  public void told(RefusedException refused, Supplier<Circumstance> where) {
    if (refused instanceof AppRefusedException known) {
      Whose whose = known.whose();
      int code = refused.refusal().code();
      switch (whose.shown()) {
        case SECRET -> meters.of(whose.app()).refused(code);
        case NAME -> meters.of(whose.app()).refusedStranger(code);
        case GUESS -> {}
      }
      keep(whose, refused, where);
    }
  }

  /** A right that was there is gone: nothing was asked, so it counts as no refusal of anything. */
  public void lost(AppPrincipal who, RefusedException right, Supplier<Circumstance> where) {
    keep(Whose.of(who), right, where);
  }

  private void keep(Whose whose, RefusedException refused, Supplier<Circumstance> where) {
    boolean proven = whose.shown() == Shown.SECRET;
    kept.told(
        whose.app(),
        refused.refusal(),
        proven,
        (id, at) ->
            Occurrence.of(id, at, whose.key(), whose.clientId(), proven, refused, where.get()));
    if (log.isHeard() && log.wants(whose.app())) {
      log.tell(whose.app(), event(whose, refused, where.get()));
    }
  }

  private static LogEvent event(Whose whose, RefusedException refused, Circumstance where) {
    Reason reason = refused.reason();
    String operation = reason.operation() == null ? where.operation() : reason.operation();
    return new LogEvent(name(reason.step(), operation))
        .with("code", refused.refusal().code())
        .with("step", reason.step().wireName())
        .with("rule", reason.rule())
        .with("operation", operation)
        .with("channel", reason.channel() == null ? where.channel() : reason.channel())
        .with("keyName", whose.key())
        .with("clientId", whose.clientId())
        .with("requestId", where.requestId())
        .with("connectionId", where.connectionId())
        .with("protocol", where.protocol());
  }

  /** After what was refused; a limit's is one of its own, whatever it was asked for. */
  private static String name(Step step, @Nullable String operation) {
    if (step == Step.LIMIT) {
      return "limit.refused";
    }
    return switch (operation == null ? "" : operation) {
      case "connect" -> "connection.refused";
      case "subscribe" -> "subscription.refused";
      case "publish" -> "message.refused";
      case "presence" -> "presence.refused";
      default -> "request.refused";
    };
  }
}
