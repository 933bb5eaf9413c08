package io.tidegate.auth;

import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.Operation;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a ticket adds to the claims of the token it stands for: its own id ({@code tid}) and until
 * when it opens a connection ({@code use}). Its {@code exp} is the token's: until then the event
 * stream that it opened may reconnect with it.
 */
final class TicketRules {
  static final String ID = "tid";
  static final String USE_BY = "use";
  static final Duration USABLE = Duration.ofSeconds(60);

  /** Longer than any ticket can still be used where clocks are apart: then its claim may go. */
  static final Duration CLAIM_TTL = USABLE.plus(TokenRules.LEEWAY.multipliedBy(2));

  private static final int MAX_ID = 64;

  private TicketRules() {}

  /**
   * No leeway at the end: 60 s leave room for clocks that are apart. The beginning is checked, so
   * that no ticket outlives its claim.
   */
  static void requireUsable(Claims claims, long nowMillis) {
    long useBy = claims.millis(USE_BY);
    if (nowMillis >= useBy) {
      throw new RefusedException(Refusal.TICKET_INVALID, "the ticket was not used within 60 s");
    }
    if (useBy > nowMillis + USABLE.plus(TokenRules.LEEWAY).toMillis()) {
      throw claims.refuse("use lies at most 60 s ahead");
    }
  }

  static String id(Claims claims) {
    return claims.text(ID, MAX_ID);
  }

  /**
   * The token's own capabilities, or only what it may do on these channels.
   *
   * @throws RefusedException FIELD_INVALID for a name that as a pattern would say more than itself
   */
  static Capabilities capabilities(Rights rights, List<ChannelName> channels) {
    if (channels.isEmpty()) {
      return rights.own();
    }
    Map<ChannelPattern, Set<Operation>> grants = new LinkedHashMap<>();
    for (int i = 0; i < channels.size(); i++) {
      ChannelName channel = channels.get(i);
      if (channel.value().indexOf('*') >= 0) {
        throw RefusedException.ofField(
            Refusal.FIELD_INVALID, "/channels/" + i, "a ticket cannot name a channel with '*'");
      }
      Set<Operation> operations = EnumSet.allOf(Operation.class);
      operations.removeIf(operation -> channel.isMeta() || !rights.allow(operation, channel));
      if (operations.isEmpty()) {
        throw new RefusedException(
            Refusal.CAPABILITY_REFUSED, "the token has no capability on channel " + i);
      }
      grants.put(new ChannelPattern(channel.value()), operations);
    }
    return new Capabilities(grants);
  }

  /** Under which name its use is marked: ids of different apps never meet. */
  static String claimName(Authenticator.Ticket ticket) {
    return "ticket:" + ticket.principal().app() + ":" + ticket.id();
  }
}
