package io.tidegate.auth;

import com.github.f4b6a3.uuid.UuidCreator;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.tidegate.channel.AppId;
import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.ClientId;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.Operation;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.settings.Settings;
import io.tidegate.tenant.App;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.Role;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a person in the console shows to the data plane of an app: a JWT of five minutes, signed
 * with a key that is derived from the master key, so by every node alike and by nobody else. It
 * says which role the person has; what a role may is decided here when the token comes back.
 */
@Singleton
public final class ConsoleTokens {
  /** As long as a page needs to get the next one in time, and a person who was removed stays. */
  public static final Duration LIFETIME = Duration.ofMinutes(5);

  private static final String PURPOSE = "console-token";
  private static final String CLIENT_PREFIX = "console:";
  private static final int MAX_ROLE = 16;
  private static final int MAX_APP_ID = 32;
  private static final int MAX_TENANT_ID = 64;

  /** A key's name has a dot: no key is called so. */
  private static final JWSHeader HEADER =
      new JWSHeader.Builder(SignedJwts.ALGORITHM).type(SignedJwts.CONSOLE).keyID("console").build();

  /** How each of them begins, and nothing else that is taken. */
  private static final String BEGINNING = HEADER.toBase64URL() + ".";

  private static final Capabilities READS =
      everywhere(EnumSet.of(Operation.SUBSCRIBE, Operation.HISTORY));
  private static final Capabilities DEBUGS =
      everywhere(EnumSet.complementOf(EnumSet.of(Operation.ADMIN)));
  private static final Capabilities ALL = everywhere(EnumSet.allOf(Operation.class));

  private final byte[] secret;
  private final Directory directory;
  private final InstantSource clock;

  /**
   * @param capabilities what the token is good for, by channel
   */
  public record Minted(String token, Capabilities capabilities, Instant expiresAt) {}

  @Inject
  ConsoleTokens(Settings settings, Directory directory, InstantSource clock) {
    this(settings.masterKey().bytes(), directory, clock);
  }

  ConsoleTokens(byte[] masterKey, Directory directory, InstantSource clock) {
    this.secret = Seal.keyFor(masterKey, PURPOSE);
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * Trusts its caller: the account has this role in the tenant, and the app is the tenant's.
   *
   * @param accountId shown to others in channels as {@code console:<accountId>}
   */
  public Minted mint(AppId app, TenantId tenant, Role role, String accountId) {
    long now = clock.instant().getEpochSecond();
    long expiresAt = now + LIFETIME.toSeconds();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", app.value());
    claims.put("tenant", tenant.toString());
    claims.put("sub", new ClientId(CLIENT_PREFIX + accountId).value());
    claims.put("role", role.wireName());
    claims.put("jti", UuidCreator.getTimeOrderedEpoch().toString());
    claims.put("iat", now);
    claims.put("exp", expiresAt);
    JWSObject jws = new JWSObject(HEADER, new Payload(claims));
    try {
      jws.sign(new MACSigner(secret));
    } catch (JOSEException e) {
      throw new IllegalStateException("the derived key has 256 bits", e);
    }
    return new Minted(jws.serialize(), capabilities(role), Instant.ofEpochSecond(expiresAt));
  }

  /** Of a person as channels show them. */
  static String accountOf(String clientId) {
    return clientId.substring(CLIENT_PREFIX.length());
  }

  /** Whether a text claims to be one; nothing of it is believed. */
  static boolean isOne(String jwt) {
    return jwt.startsWith(BEGINNING);
  }

  /**
   * Who shows it, as long as the app is there.
   *
   * @throws RefusedException of the 401 family
   */
  AppPrincipal principal(String jwt) {
    SignedJWT signed = SignedJwts.read(jwt, SignedJwts.CONSOLE, Refusal.TOKEN_INVALID);
    if (!isSigned(signed)) {
      throw new RefusedException(Refusal.CREDENTIAL_INVALID, "this installation did not sign this");
    }
    Claims claims = new Claims(signed, Refusal.TOKEN_INVALID);
    String appId = claims.text("aud", MAX_APP_ID);
    App app = AppId.isValid(appId) ? directory.app(new AppId(appId)).orElse(null) : null;
    if (app == null || !app.tenant().toString().equals(claims.text("tenant", MAX_TENANT_ID))) {
      throw new RefusedException(Refusal.APP_DELETED, "the app is gone");
    }
    long expiresAt = claims.millis("exp");
    TokenRules.requireNotExpired(expiresAt, clock.millis());
    Capabilities may = capabilities(Role.ofWireName(claims.text("role", MAX_ROLE)));
    return new AppPrincipal(
        app.tenant(),
        app.id(),
        KeyName.ofConsole(app.id()),
        claims.text("sub", TokenMint.MAX_TOKEN_ID),
        new Rights(may, may),
        claims.text("jti", TokenMint.MAX_TOKEN_ID),
        claims.millis("iat"),
        expiresAt / 1000);
  }

  private boolean isSigned(SignedJWT jwt) {
    try {
      return new MACVerifier(secret)
          .verify(jwt.getHeader(), jwt.getSigningInput(), jwt.getSignature());
    } catch (JOSEException e) {
      return false;
    }
  }

  /** {@code admin} is for who may manage the app; the others look (see {@code requireInsight}). */
  private static Capabilities capabilities(Role role) {
    return switch (role) {
      case VIEWER -> READS;
      case DEVELOPER -> DEBUGS;
      case ADMIN, OWNER, OPERATOR -> ALL;
    };
  }

  private static Capabilities everywhere(Set<Operation> operations) {
    return new Capabilities(Map.of(new ChannelPattern("*"), operations));
  }
}
