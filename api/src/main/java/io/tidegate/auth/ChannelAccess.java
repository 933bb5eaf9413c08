package io.tidegate.auth;

import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Operation;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import io.tidegate.problem.Steps;
import java.util.Locale;

/**
 * Whether who has shown a credential may do something in a channel: what the key grants, what the
 * token grants, what the namespace says. The one place that decides it for every protocol, and that
 * tells how it is decided.
 */
public final class ChannelAccess {
  private ChannelAccess() {}

  /**
   * @throws RefusedException CAPABILITY_REFUSED when the operation is not granted
   */
  static void requireGranted(
      AppPrincipal who, Operation operation, ChannelName channel, Steps steps) {
    if (channel.isMeta()) {
      requireMeta(who, operation, channel, steps);
      return;
    }
    Rights rights = who.rights();
    if (!rights.key().allow(operation, channel)) {
      throw notGranted(Step.KEY_CAPABILITIES, ofKey(who), operation, channel);
    }
    if (steps.areHeard()) {
      steps.passed(Step.KEY_CAPABILITIES, granting(ofKey(who), rights.key(), operation, channel));
    }
    if (!who.isKey()) {
      requireOwn(who, operation, channel, steps);
    }
    if (rights.left() != null && !rights.left().allow(operation, channel)) {
      throw notGranted(Step.HOOK_CONNECT, "what the connect hook has left", operation, channel);
    }
  }

  private static void requireOwn(
      AppPrincipal who, Operation operation, ChannelName channel, Steps steps) {
    Rights rights = who.rights();
    if (!rights.own().allow(operation, channel)) {
      throw notGranted(Step.TOKEN_CAPABILITIES, ofToken(who), operation, channel);
    }
    if (steps.areHeard()) {
      steps.passed(
          Step.TOKEN_CAPABILITIES, granting(ofToken(who), rights.own(), operation, channel));
    }
  }

  /**
   * The app's log: read by keys with {@code admin} on it and in the console, written by the gateway
   * alone.
   */
  private static void requireMeta(
      AppPrincipal who, Operation operation, ChannelName channel, Steps steps) {
    requireKey(who, steps);
    if (operation == Operation.PUBLISH || operation == Operation.PRESENCE) {
      throw new RefusedException(
              Refusal.CAPABILITY_REFUSED, "the log is written by the gateway, and nobody is there")
          .by(Step.KIND, "the log is read only")
          .in(operation.wireName(), channel.value());
    }
    if (who.isConsole()) {
      steps.passed(Step.KEY_CAPABILITIES, "every role reads the log in the console");
      return;
    }
    if (!who.rights().allow(Operation.ADMIN, channel)) {
      throw notGranted(Step.KEY_CAPABILITIES, ofKey(who), Operation.ADMIN, channel);
    }
    if (steps.areHeard()) {
      steps.passed(
          Step.KEY_CAPABILITIES,
          granting(ofKey(who), who.rights().key(), Operation.ADMIN, channel));
    }
  }

  /**
   * By the namespace; that it is granted is asked before, as it needs no rules.
   *
   * @throws RefusedException CLIENT_PUBLISH_OFF, CLIENT_ID_REQUIRED
   */
  public static void requirePublish(AppPrincipal who, Namespace rules, Steps steps) {
    if (who.isKey() || who.isConsole()) {
      String whose = who.isKey() ? "a key" : "the console";
      steps.passed(Step.CLIENT_PUBLISH, whose + " publishes whatever the namespace has");
    } else if (rules.clientPublish()) {
      passed(steps, Step.CLIENT_PUBLISH, rules, "clientPublish ", true);
    } else {
      throw new RefusedException(Refusal.CLIENT_PUBLISH_OFF, "only keys publish in this namespace")
          .by(Step.CLIENT_PUBLISH, rules.has("clientPublish false"))
          .in(Operation.PUBLISH.wireName(), null);
    }
    requireNamed(
        who, rules, Operation.PUBLISH, "this namespace admits only tokens with a clientId", steps);
  }

  /**
   * @throws RefusedException CAPABILITY_REFUSED, CLIENT_ID_REQUIRED
   */
  public static void requireSubscribe(
      AppPrincipal who, ChannelName channel, Namespace rules, Steps steps) {
    requireSeen(who, channel, rules, steps);
    requireNamed(
        who, rules, Operation.SUBSCRIBE, "channels of this namespace are for named clients", steps);
  }

  /**
   * To see who is present.
   *
   * @throws RefusedException CAPABILITY_REFUSED, PRESENCE_OFF
   */
  public static void requireView(
      AppPrincipal who, ChannelName channel, Namespace rules, Steps steps) {
    requireSeen(who, channel, rules, steps);
    requirePresence(rules, steps);
  }

  /**
   * To be present; returns in whose name.
   *
   * @throws RefusedException CAPABILITY_REFUSED, PRESENCE_OFF, CLIENT_ID_REQUIRED
   */
  public static String requireMember(
      AppPrincipal who, ChannelName channel, Namespace rules, Steps steps) {
    requireGranted(who, Operation.PRESENCE, channel, steps);
    requirePresence(rules, steps);
    String clientId = memberName(who);
    steps.passed(Step.IDENTITY, "members are named");
    return clientId;
  }

  /**
   * In whose name a client is present.
   *
   * @throws RefusedException CLIENT_ID_REQUIRED
   */
  public static String memberName(AppPrincipal who) {
    String clientId = who.clientId();
    if (clientId == null) {
      throw new RefusedException(
              Refusal.CLIENT_ID_REQUIRED, "members are named: the token needs a clientId")
          .by(Step.IDENTITY, "members are named")
          .in(Operation.PRESENCE.wireName(), null);
    }
    return clientId;
  }

  /**
   * @throws RefusedException PRESENCE_OFF where the rules have none
   */
  public static void requirePresence(Namespace rules, Steps steps) {
    Namespace.Presence.Mode mode = rules.presence().mode();
    if (mode == Namespace.Presence.Mode.OFF) {
      throw new RefusedException(
              Refusal.PRESENCE_OFF, "the namespace has presence.mode off for this channel")
          .by(Step.PRESENCE, rules.has("presence.mode off"));
    }
    passed(steps, Step.PRESENCE, rules, "presence.mode ", mode);
  }

  /**
   * For what acts on the app as a whole, or on the channel itself.
   *
   * @throws RefusedException KEY_REQUIRED
   */
  public static void requireKey(AppPrincipal who, Steps steps) {
    if (!who.isKey() && !who.isConsole()) {
      throw new RefusedException(Refusal.KEY_REQUIRED, "this needs a key, not a token")
          .by(Step.KIND, "admin is for keys only")
          .in(Operation.ADMIN.wireName(), null);
    }
    steps.passed(Step.KIND, "admin is for keys only");
  }

  private static void requireSeen(
      AppPrincipal who, ChannelName channel, Namespace rules, Steps steps) {
    if (rules.open()) {
      passed(steps, Step.NAMESPACE_PUBLIC, rules, "public ", true);
    } else {
      requireGranted(who, Operation.SUBSCRIBE, channel, steps);
    }
  }

  private static void requireNamed(
      AppPrincipal who, Namespace rules, Operation operation, String detail, Steps steps) {
    if (rules.requireClientId() && !who.isKey() && who.clientId() == null) {
      throw new RefusedException(Refusal.CLIENT_ID_REQUIRED, detail)
          .by(Step.REQUIRE_CLIENT_ID, rules.has("requireClientId true"))
          .in(operation.wireName(), null);
    }
    passed(steps, Step.REQUIRE_CLIENT_ID, rules, "requireClientId ", rules.requireClientId());
  }

  private static RefusedException notGranted(
      Step step, String whose, Operation operation, ChannelName channel) {
    String name = operation.wireName();
    return new RefusedException(
            Refusal.CAPABILITY_REFUSED,
            "the credential does not grant " + name + " on this channel")
        .by(step, "no pattern of " + whose + " grants " + name + " on it")
        .in(name, channel.value());
  }

  private static String granting(
      String whose, Capabilities capabilities, Operation operation, ChannelName channel) {
    return capabilities.grants().entrySet().stream()
        .filter(one -> one.getValue().contains(operation) && one.getKey().matches(channel))
        .findFirst()
        .map(one -> whose + " grants " + operation.wireName() + " on " + one.getKey())
        .orElse(whose);
  }

  private static String ofKey(AppPrincipal who) {
    return who.isConsole() ? "the role" : "key " + who.key();
  }

  private static String ofToken(AppPrincipal who) {
    return who.isKeyNameOnly() ? "a bare key name" : "the token";
  }

  private static void passed(Steps steps, Step step, Namespace rules, String name, Object value) {
    if (steps.areHeard()) {
      steps.passed(step, rules.has(name + String.valueOf(value).toLowerCase(Locale.ROOT)));
    }
  }
}
