package io.tidegate.auth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.SignedJWT;
import io.tidegate.auth.AppRefusedException.Shown;
import io.tidegate.broker.Broker;
import io.tidegate.channel.AppId;
import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ClientId;
import io.tidegate.channel.KeyName;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import io.tidegate.problem.Steps;
import io.tidegate.tenant.Key;
import io.tidegate.tenant.KeyUse;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks credentials against the directory, the revocations and, for tickets, the broker. Nothing
 * of a JWT is believed before its signature was good; nothing is said about a key before the caller
 * has shown that it knows its secret.
 */
@Singleton
public final class AppAuthenticator implements Authenticator {
  private static final String UNSIGNED = "no key of this installation signed this";

  private final KeyRing keys;
  private final KeySignature signature;
  private final ConsoleTokens console;
  private final Revocations revocations;
  private final Broker broker;
  private final KeyUse use;
  private final InstantSource clock;
  private final SharedCapabilities shared = new SharedCapabilities();

  AppAuthenticator(
      KeyRing keys,
      KeySignature signature,
      ConsoleTokens console,
      Revocations revocations,
      Broker broker,
      KeyUse use,
      InstantSource clock) {
    this.keys = keys;
    this.signature = signature;
    this.console = console;
    this.revocations = revocations;
    this.broker = broker;
    this.use = use;
    this.clock = clock;
  }

  @Override
  public AppPrincipal key(String nameAndSecret) {
    return used(key(nameAndSecret, Steps.UNTOLD));
  }

  private AppPrincipal key(String nameAndSecret, Steps steps) {
    int colon = nameAndSecret.indexOf(':');
    Key key = colon < 0 ? null : keys.find(nameAndSecret.substring(0, colon));
    byte[] offered = nameAndSecret.substring(colon + 1).getBytes(StandardCharsets.UTF_8);
    if (!keys.matches(key, offered) || key == null) {
      throw unproven(
          key, Step.KEY_SECRET, Refusal.CREDENTIAL_INVALID, "the key is not valid", steps);
    }
    proven(key, Step.KEY_SECRET, steps);
    return AppRefusedException.of(
        key.name(),
        Shown.SECRET,
        () -> {
          keys.requireInForce(key, steps);
          return ofKey(key, key.capabilities(), null);
        });
  }

  @Override
  public AppPrincipal keyName(String keyName) {
    return keyName(keyName, Steps.UNTOLD);
  }

  private AppPrincipal keyName(String keyName, Steps steps) {
    Key key = keys.find(keyName);
    if (key == null) {
      throw unproven(
          null, Step.KEY_KNOWN, Refusal.CREDENTIAL_INVALID, "the key name is not valid", steps);
    }
    passed(steps, Step.KEY_KNOWN, key);
    return AppRefusedException.of(
        key.name(),
        Shown.NAME,
        () -> {
          keys.requireInForce(key, steps);
          return ofKey(key, Capabilities.NONE, "");
        });
  }

  @Override
  public AppPrincipal token(String jwt) {
    return ConsoleTokens.isOne(jwt) ? ofConsole(jwt) : used(token(jwt, null, Steps.UNTOLD));
  }

  private AppPrincipal token(String jwt, @Nullable AppId only, Steps steps) {
    Signed signed =
        read(jwt, SignedJwts.TOKEN, Refusal.TOKEN_INVALID, Refusal.CREDENTIAL_INVALID, only, steps);
    return signed.of(() -> inForce(signed, steps));
  }

  private AppPrincipal ofConsole(String jwt) {
    AppPrincipal person = console.principal(jwt);
    return AppRefusedException.of(
        person,
        () -> {
          revocations.requireNotRevoked(person);
          return person;
        });
  }

  @Override
  public Ticket ticket(String jwt) {
    Signed signed = readTicket(jwt, null, Steps.UNTOLD);
    return signed.of(
        () -> {
          Ticket ticket = usable(signed, Steps.UNTOLD);
          used(ticket.principal());
          if (!broker.claim(TicketRules.claimName(ticket), TicketRules.CLAIM_TTL)) {
            throw new RefusedException(Refusal.TICKET_SPENT, "the ticket was used already");
          }
          return ticket;
        });
  }

  private Signed readTicket(String jwt, @Nullable AppId only, Steps steps) {
    return read(
        jwt, SignedJwts.TICKET, Refusal.TICKET_INVALID, Refusal.TICKET_INVALID, only, steps);
  }

  private Ticket usable(Signed signed, Steps steps) {
    TicketRules.requireUsable(signed.claims(), clock.millis());
    steps.passed(Step.TICKET_TIME, "a ticket opens within 60 s");
    return new Ticket(TicketRules.id(signed.claims()), inForce(signed, steps));
  }

  @Override
  public Ticket reopen(String jwt) {
    Signed signed = readTicket(jwt, null, Steps.UNTOLD);
    return signed.of(
        () -> new Ticket(TicketRules.id(signed.claims()), used(inForce(signed, Steps.UNTOLD))));
  }

  @Override
  public AppPrincipal recheck(AppPrincipal principal) {
    if (principal.isConsole()) {
      return recheckConsole(principal);
    }
    Key key = keys.find(principal.key());
    if (key == null) {
      throw keys.hasApp(principal.key())
          ? new RefusedException(Refusal.KEY_REVOKED, "the key is gone")
          : new RefusedException(Refusal.APP_DELETED, "the app is gone");
    }
    keys.requireInForce(key, Steps.UNTOLD);
    if (principal.expiresAt() != Long.MAX_VALUE) {
      TokenRules.requireNotExpired(principal.expiresAt() * 1000, clock.millis());
    }
    if (principal.isKeyNameOnly()) {
      return principal;
    }
    if (principal.isKey()) {
      // What it may is its key's; what a hook has left of that, and until when, stays.
      Capabilities now = key.capabilities();
      return principal.with(new Rights(now, now, principal.rights().left()));
    }
    revocations.requireNotRevoked(principal);
    return principal.with(principal.rights().under(key.capabilities()));
  }

  private AppPrincipal recheckConsole(AppPrincipal principal) {
    if (!keys.hasApp(principal.key())) {
      throw new RefusedException(Refusal.APP_DELETED, "the app is gone");
    }
    TokenRules.requireNotExpired(principal.expiresAt() * 1000, clock.millis());
    revocations.requireNotRevoked(principal);
    return principal;
  }

  @Override
  public AppPrincipal tell(AppId app, String credential, Steps steps) {
    int colon = credential.indexOf(':');
    if (colon >= 0) {
      String name = credential.substring(0, colon);
      requireOf(app, name, Refusal.CREDENTIAL_INVALID, "the key is not valid");
      return key(credential, steps);
    }
    if (KeyName.parse(credential) != null) {
      requireOf(app, credential, Refusal.CREDENTIAL_INVALID, "the key name is not valid");
      return keyName(credential, steps);
    }
    if (SignedJwts.isTicket(credential)) {
      Signed signed = readTicket(credential, app, steps);
      return signed.of(() -> usable(signed, steps)).principal();
    }
    if (ConsoleTokens.isOne(credential)) {
      AppPrincipal person = ofConsole(credential);
      if (!person.app().equals(app)) {
        throw new RefusedException(Refusal.CREDENTIAL_INVALID, UNSIGNED)
            .by(Step.KEY_KNOWN, "there is no such key");
      }
      steps.passed(Step.CREDENTIAL, "a token of the console, of this app");
      return person;
    }
    return token(credential, app, steps);
  }

  /** Another app's key is one that nobody has: it is not even looked for. */
  private static void requireOf(
      @Nullable AppId only, String keyName, Refusal refusal, String detail) {
    if (only == null) {
      return;
    }
    KeyName name = KeyName.parse(keyName);
    if (name == null || !name.app().equals(only)) {
      throw new RefusedException(refusal, detail).by(Step.KEY_KNOWN, "there is no such key");
    }
  }

  /** A JWT whose signature is its key's own; the rest of it is not checked yet. */
  private record Signed(Key key, SignedJWT jwt, Refusal malformed) {
    /** Read anew each time: what is wrong with them is its key's app's. */
    Claims claims() {
      return new Claims(jwt, malformed);
    }

    <T> T of(Supplier<T> step) {
      try {
        return AppRefusedException.of(key.name(), Shown.SECRET, step);
      } catch (AppRefusedException refused) {
        throw refused.ofClient(clientId());
      }
    }

    /** Whom it names: its signature was good, whatever else is wrong with it. */
    private @Nullable String clientId() {
      Map<String, Object> claims = jwt.getPayload().toJSONObject();
      Object sub = claims == null ? null : claims.get("sub");
      return sub instanceof String text && ClientId.isValid(text) ? text : null;
    }
  }

  private Signed read(
      String jwt,
      JOSEObjectType type,
      Refusal malformed,
      Refusal unsigned,
      @Nullable AppId only,
      Steps steps) {
    SignedJWT parsed = SignedJwts.read(jwt, type, malformed);
    steps.passed(Step.CREDENTIAL, "a compact JWT with alg HS256, kid and typ");
    requireOf(only, parsed.getHeader().getKeyID(), unsigned, UNSIGNED);
    KeySignature.Checked checked = signature.check(parsed);
    Key key = checked.key();
    if (!checked.good() || key == null) {
      throw unproven(key, Step.TOKEN_SIGNATURE, unsigned, UNSIGNED, steps);
    }
    proven(key, Step.TOKEN_SIGNATURE, steps);
    return new Signed(key, parsed, malformed);
  }

  private AppPrincipal inForce(Signed signed, Steps steps) {
    keys.requireInForce(signed.key, steps);
    AppPrincipal principal =
        TokenRules.principal(signed.claims(), signed.key, clock.millis(), shared, steps);
    revocations.requireNotRevoked(principal);
    steps.passed(Step.TOKEN_REVOKED, "no revocation of its key, client or token id covers it");
    return principal;
  }

  private AppPrincipal used(AppPrincipal principal) {
    use.used(principal.key());
    return principal;
  }

  private static AppPrincipal ofKey(Key key, Capabilities own, @Nullable String tokenId) {
    Rights rights = new Rights(own, key.capabilities());
    return new AppPrincipal(
        key.tenant(), key.name().app(), key.name(), null, rights, tokenId, 0, Long.MAX_VALUE);
  }

  /**
   * The refusal of a credential that proves nothing; says the same whether there is such a key.
   *
   * @param key that it names, null when there is none
   * @param proof what a key that is there was asked for
   */
  private static RefusedException unproven(
      @Nullable Key key, Step proof, Refusal refusal, String detail, Steps steps) {
    RefusedException refused = new RefusedException(refusal, detail);
    if (key == null) {
      return refused.by(Step.KEY_KNOWN, "there is no such key");
    }
    passed(steps, Step.KEY_KNOWN, key);
    return AppRefusedException.ofGuess(
        key.name(), refused.by(proof, "it is not of key " + key.name()));
  }

  private static void proven(Key key, Step proof, Steps steps) {
    passed(steps, Step.KEY_KNOWN, key);
    passed(steps, proof, key);
  }

  private static void passed(Steps steps, Step step, Key key) {
    if (steps.areHeard()) {
      steps.passed(step, "key " + key.name());
    }
  }
}
