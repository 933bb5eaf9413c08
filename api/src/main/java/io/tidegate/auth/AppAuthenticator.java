package io.tidegate.auth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.SignedJWT;
import io.tidegate.broker.Broker;
import io.tidegate.channel.Capabilities;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Key;
import io.tidegate.tenant.KeyUse;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks credentials against the directory, the revocations and, for tickets, the broker. Nothing
 * of a JWT is believed before its signature was good; nothing is said about a key before the caller
 * has shown that it knows its secret.
 */
@Singleton
public final class AppAuthenticator implements Authenticator {
  private final KeyRing keys;
  private final KeySignature signature;
  private final Revocations revocations;
  private final Broker broker;
  private final KeyUse use;
  private final InstantSource clock;
  private final SharedCapabilities shared = new SharedCapabilities();

  AppAuthenticator(
      KeyRing keys,
      KeySignature signature,
      Revocations revocations,
      Broker broker,
      KeyUse use,
      InstantSource clock) {
    this.keys = keys;
    this.signature = signature;
    this.revocations = revocations;
    this.broker = broker;
    this.use = use;
    this.clock = clock;
  }

  @Override
  public AppPrincipal key(String nameAndSecret) {
    int colon = nameAndSecret.indexOf(':');
    Key key = colon < 0 ? null : keys.find(nameAndSecret.substring(0, colon));
    byte[] offered = nameAndSecret.substring(colon + 1).getBytes(StandardCharsets.UTF_8);
    if (!keys.matches(key, offered) || key == null) {
      throw new RefusedException(Refusal.CREDENTIAL_INVALID, "the key is not valid");
    }
    return AppRefusedException.of(
        key.name().app(),
        true,
        () -> {
          keys.requireInForce(key);
          use.used(key.name());
          return ofKey(key, key.capabilities(), null);
        });
  }

  @Override
  public AppPrincipal keyName(String keyName) {
    Key key = keys.find(keyName);
    if (key == null) {
      throw new RefusedException(Refusal.CREDENTIAL_INVALID, "the key name is not valid");
    }
    return AppRefusedException.of(
        key.name().app(),
        false,
        () -> {
          keys.requireInForce(key);
          return ofKey(key, Capabilities.NONE, "");
        });
  }

  @Override
  public AppPrincipal token(String jwt) {
    Signed signed = read(jwt, SignedJwts.TOKEN, Refusal.TOKEN_INVALID, Refusal.CREDENTIAL_INVALID);
    return signed.of(() -> inForce(signed));
  }

  @Override
  public Ticket ticket(String jwt) {
    Signed signed = read(jwt, SignedJwts.TICKET, Refusal.TICKET_INVALID, Refusal.TICKET_INVALID);
    return signed.of(
        () -> {
          TicketRules.requireUsable(signed.claims(), clock.millis());
          Ticket ticket = new Ticket(TicketRules.id(signed.claims()), inForce(signed));
          if (!broker.claim(TicketRules.claimName(ticket), TicketRules.CLAIM_TTL)) {
            throw new RefusedException(Refusal.TICKET_SPENT, "the ticket was used already");
          }
          return ticket;
        });
  }

  @Override
  public Ticket reopen(String jwt) {
    Signed signed = read(jwt, SignedJwts.TICKET, Refusal.TICKET_INVALID, Refusal.TICKET_INVALID);
    return signed.of(() -> new Ticket(TicketRules.id(signed.claims()), inForce(signed)));
  }

  @Override
  public AppPrincipal recheck(AppPrincipal principal) {
    Key key = keys.find(principal.key());
    if (key == null) {
      throw keys.hasApp(principal.key())
          ? new RefusedException(Refusal.KEY_REVOKED, "the key is gone")
          : new RefusedException(Refusal.APP_DELETED, "the app is gone");
    }
    keys.requireInForce(key);
    if (principal.isKeyNameOnly()) {
      return principal;
    }
    if (principal.isKey()) {
      return ofKey(key, key.capabilities(), null);
    }
    TokenRules.requireNotExpired(principal.expiresAt() * 1000, clock.millis());
    revocations.requireNotRevoked(principal);
    return principal.with(new Rights(principal.rights().own(), key.capabilities()));
  }

  /** A JWT whose signature is its key's own; the rest of it is not checked yet. */
  private record Signed(Key key, SignedJWT jwt, Refusal malformed) {
    /** Read anew each time: what is wrong with them is its key's app's. */
    Claims claims() {
      return new Claims(jwt, malformed);
    }

    <T> T of(Supplier<T> step) {
      return AppRefusedException.of(key.name().app(), true, step);
    }
  }

  private Signed read(String jwt, JOSEObjectType type, Refusal malformed, Refusal unsigned) {
    SignedJWT parsed = SignedJwts.read(jwt, type, malformed);
    Key key = signature.signer(parsed);
    if (key == null) {
      throw new RefusedException(unsigned, "no key of this installation signed this");
    }
    return new Signed(key, parsed, malformed);
  }

  private AppPrincipal inForce(Signed signed) {
    keys.requireInForce(signed.key);
    AppPrincipal principal =
        TokenRules.principal(signed.claims(), signed.key, clock.millis(), shared);
    revocations.requireNotRevoked(principal);
    use.used(signed.key.name());
    return principal;
  }

  private static AppPrincipal ofKey(Key key, Capabilities own, @Nullable String tokenId) {
    Rights rights = new Rights(own, key.capabilities());
    return new AppPrincipal(
        key.tenant(), key.name().app(), key.name(), null, rights, tokenId, 0, Long.MAX_VALUE);
  }
}
