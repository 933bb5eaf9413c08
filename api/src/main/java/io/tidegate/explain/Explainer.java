package io.tidegate.explain;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.Authenticator;
import io.tidegate.auth.ChannelAccess;
import io.tidegate.auth.Origins;
import io.tidegate.auth.Rights;
import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Operation;
import io.tidegate.hook.Hook;
import io.tidegate.hook.Hooks;
import io.tidegate.limit.Forecast;
import io.tidegate.limit.Quotas;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import io.tidegate.problem.Steps;
import io.tidegate.tenant.Directory;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a question to the code that decides it for clients: the authenticator, the list of origins,
 * what is granted, the namespace, the limits. May wait for the database.
 */
@Singleton
public final class Explainer {
  /** Of a token that nobody has made: its key is not asked about. */
  private static final Capabilities EVERYTHING =
      new Capabilities(Map.of(new ChannelPattern("*"), EnumSet.allOf(Operation.class)));

  private static final String NO_KEY = "none";

  private final Authenticator authenticator;
  private final Origins origins;
  private final Directory directory;
  private final Quotas quotas;
  private final Hooks hooks;

  Explainer(
      Authenticator authenticator,
      Origins origins,
      Directory directory,
      Quotas quotas,
      Hooks hooks) {
    this.authenticator = authenticator;
    this.origins = origins;
    this.directory = directory;
    this.quotas = quotas;
    this.hooks = hooks;
  }

  /**
   * @throws RefusedException of the 5xx family when nobody can say
   */
  public Explanation explain(Question question) {
    boolean granted = question.holder() instanceof Question.Granted;
    Trail trail =
        new Trail(Plan.of(question), granted ? EnumSet.of(Step.KEY_CAPABILITIES) : Set.<Step>of());
    try {
      decide(question, trail);
      return trail.ended(null);
    } catch (RefusedException refused) {
      if (refused.refusal().httpStatus() >= 500) {
        throw refused;
      }
      return trail.ended(refused);
    }
  }

  private void decide(Question question, Trail steps) {
    AppPrincipal who = who(question, steps);
    origins.require(who, question.origin(), steps);
    Namespace rules = directory.rules(question.app()).of(question.channel());
    ChannelId channel = new ChannelId(question.app(), question.channel());
    Forecast limits =
        new Forecast(quotas.of(who.tenant(), who.limits().asLimits(), who.client()), steps);
    switch (question.operation()) {
      case PUBLISH -> {
        who.require(Operation.PUBLISH, question.channel(), steps);
        ChannelAccess.requirePublish(who, rules, steps);
        limits.publish(channel, rules, question.messageBytes());
        tell(Step.HOOK_PUBLISH, hooks.of(question.app()).beforePublish(question.channel()), steps);
      }
      case SUBSCRIBE -> {
        ChannelAccess.requireSubscribe(who, question.channel(), rules, steps);
        limits.subscribe(channel);
        tell(Step.HOOK_CONNECT, hooks.of(question.app()).connect(), steps);
      }
      case PRESENCE -> {
        ChannelAccess.requireMember(who, question.channel(), rules, steps);
        limits.channel(channel);
        tell(Step.HOOK_CONNECT, hooks.of(question.app()).connect(), steps);
      }
      case HISTORY -> who.require(Operation.HISTORY, question.channel(), steps);
      case ADMIN -> {
        ChannelAccess.requireKey(who, steps);
        who.require(Operation.ADMIN, question.channel(), steps);
      }
    }
  }

  private static void tell(Step step, @Nullable Hook hook, Trail steps) {
    if (hook != null) {
      steps.wouldAsk(step, hook.called());
    }
  }

  private AppPrincipal who(Question question, Steps steps) {
    return switch (question.holder()) {
      case Question.Credential credential ->
          authenticator.tell(question.app(), credential.text(), steps);
      case Question.Granted granted ->
          new AppPrincipal(
              question.tenant(),
              question.app(),
              new KeyName(question.app(), NO_KEY),
              granted.clientId() == null ? null : granted.clientId().value(),
              new Rights(granted.capabilities(), EVERYTHING),
              NO_KEY,
              0,
              Long.MAX_VALUE);
    };
  }
}
