package io.tidegate.control;

import io.tidegate.account.SignedIn;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.settings.Settings;
import io.tidegate.signin.Sessions;
import io.tidegate.tenant.Actor;
import io.tidegate.tenant.SecretText;
import io.tidegate.tenant.store.ControlToken;
import io.tidegate.tenant.store.JdbcControlTokens;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.util.Optional;

/** Says whose an operator or control token is; may read the database. */
@Singleton
public class ControlAuthenticator {
  static final String OPERATOR_PREFIX = "tgo_";

  private final byte[] operatorHash;
  private final JdbcControlTokens tokens;
  private final Sessions sessions;

  ControlAuthenticator(Settings settings, JdbcControlTokens tokens, Sessions sessions) {
    this.operatorHash = SecretText.hash(settings.operatorToken().text());
    this.tokens = tokens;
    this.sessions = sessions;
  }

  /**
   * @throws RefusedException CREDENTIAL_INVALID, STORE_UNAVAILABLE
   */
  public ControlPrincipal require(String token) {
    if (token.startsWith(OPERATOR_PREFIX)) {
      return operator(token);
    }
    Optional<ControlToken> known = tokens.authenticate(token);
    return known
        .map(
            t ->
                new ControlPrincipal(
                    new Actor(Actor.Kind.CONTROL_TOKEN, t.id().toString(), t.name()),
                    t.roleRead(),
                    t.tenant(),
                    t.expiresAt(),
                    null))
        .orElseThrow(ControlAuthenticator::refusal);
  }

  /** Without the database. */
  ControlPrincipal operator(String token) {
    // Hashes are compared, so that the time tells nothing of the token.
    if (!MessageDigest.isEqual(SecretText.hash(token), operatorHash)) {
      throw refusal();
    }
    return ControlPrincipal.OPERATOR;
  }

  /**
   * Looks again at who was let in before.
   *
   * @return who it is now: a person's roles may be others
   * @throws RefusedException CREDENTIAL_INVALID when the token or session has ended,
   *     STORE_UNAVAILABLE
   */
  public ControlPrincipal recheck(ControlPrincipal who) {
    SignedIn session = who.session();
    if (session != null) {
      return sessions
          .find(session.session())
          .map(now -> ControlPrincipal.of(now, null))
          .orElseThrow(ControlAuthenticator::refusal);
    }
    TenantId tenant = who.tenant();
    String id = who.actor().id();
    if (tenant != null && id != null && !tokens.isInForce(tenant, java.util.UUID.fromString(id))) {
      throw refusal();
    }
    return who;
  }

  static RefusedException refusal() {
    return new RefusedException(Refusal.CREDENTIAL_INVALID, "The token is not good.");
  }
}
