package io.tidegate.auth;

import static io.tidegate.auth.AuthFixture.assertRefused;
import static io.tidegate.auth.AuthFixture.can;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.ClientId;
import io.tidegate.channel.Operation;
import io.tidegate.problem.Refusal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenTest {
  private static final ChannelName CHAT = new ChannelName("chat:room-7");

  private final AuthFixture auth = new AuthFixture();

  @Test
  void issuedTokenSaysWhoAndWhat() {
    TokenLimits limits = new TokenLimits(Map.of(TokenLimits.Limit.MAX_MESSAGE_BYTES, 1024));
    TokenMint.Minted minted =
        auth.mint.token(
            auth.keyPrincipal(),
            new ClientId("ada"),
            can("chat:*", EnumSet.of(Operation.PUBLISH)),
            limits,
            Duration.ofHours(24));

    AppPrincipal principal = auth.authenticator.token(minted.jwt());

    assertThat(principal.isKey()).isFalse();
    assertThat(principal.tenant()).isEqualTo(AuthFixture.TENANT);
    assertThat(principal.clientId()).isEqualTo("ada");
    assertThat(principal.tokenId()).isEqualTo(minted.id());
    assertThat(principal.issuedAtMillis()).isEqualTo(auth.clock.millis());
    assertThat(principal.expiresAt() * 1000).isEqualTo(minted.expiresAtMillis());
    assertThat(principal.limits()).isEqualTo(limits);
    principal.require(Operation.PUBLISH, CHAT);
    assertRefused(Refusal.CAPABILITY_REFUSED, () -> principal.require(Operation.SUBSCRIBE, CHAT));
    assertRefused(Refusal.KEY_REQUIRED, principal::requireAdmin);
  }

  @Test
  void backendMaySignItselfWithoutTyp() {
    AppPrincipal principal = auth.authenticator.token(auth.goodToken().withoutHeader("typ").sign());

    assertThat(principal.clientId()).isEqualTo("ada");
    principal.require(Operation.SUBSCRIBE, CHAT);
  }

  @Test
  void tokenWithoutSubIsAnonymous() {
    assertThat(auth.authenticator.token(auth.goodToken().without("sub").sign()).clientId())
        .isNull();
  }

  @Test
  void tokenNeverHasMoreThanItsKey() {
    auth.directory.putKey(
        AuthFixture.KEY,
        AuthFixture.SECRET,
        can("chat:room-7", EnumSet.of(Operation.SUBSCRIBE, Operation.ADMIN)));

    Rights rights = auth.authenticator.token(auth.goodToken().sign()).rights();

    assertThat(rights.allow(Operation.SUBSCRIBE, CHAT)).isTrue();
    assertThat(rights.allow(Operation.PUBLISH, CHAT)).isFalse();
    assertThat(rights.allow(Operation.SUBSCRIBE, new ChannelName("chat:other"))).isFalse();
    assertThat(rights.allow(Operation.ADMIN, CHAT)).isFalse();
  }

  @Test
  void clocksMayBeHalfAMinuteApart() {
    auth.authenticator.token(auth.goodToken().claim("iat", auth.clock.seconds() + 30).sign());
    auth.authenticator.token(auth.goodToken().claim("nbf", auth.clock.seconds() + 30).sign());
    assertRefused(
        Refusal.TOKEN_INVALID,
        () ->
            auth.authenticator.token(
                auth.goodToken().claim("iat", auth.clock.seconds() + 31).sign()));
    assertRefused(
        Refusal.TOKEN_INVALID,
        () ->
            auth.authenticator.token(
                auth.goodToken().claim("nbf", auth.clock.seconds() + 31).sign()));
  }

  @Test
  void tokenEndsHalfAMinuteAfterItsExp() {
    String token = auth.goodToken().sign();
    AppPrincipal principal = auth.authenticator.token(token);
    auth.clock.move(Duration.ofSeconds(3600 + 29));
    auth.authenticator.token(token);
    auth.authenticator.recheck(principal);
    auth.clock.move(Duration.ofMillis(500));

    assertRefused(Refusal.TOKEN_EXPIRED, () -> auth.authenticator.token(token));
    assertRefused(Refusal.TOKEN_EXPIRED, () -> auth.authenticator.recheck(principal));
  }

  @Test
  void lifetimeIsADayAtMost() {
    long now = auth.clock.seconds();
    auth.authenticator.token(auth.goodToken().claim("exp", now + 86_400).sign());
    assertRefused(
        Refusal.TOKEN_INVALID,
        () -> auth.authenticator.token(auth.goodToken().claim("exp", now + 86_401).sign()));
  }

  @Test
  void narrowedKeyNarrowsItsTokensWhenRechecked() {
    AppPrincipal principal = auth.authenticator.token(auth.goodToken().sign());
    auth.directory.putKey(
        AuthFixture.KEY, AuthFixture.SECRET, can("chat:*", EnumSet.of(Operation.SUBSCRIBE)));

    AppPrincipal now = auth.authenticator.recheck(principal);

    assertThat(now.rights().allow(Operation.SUBSCRIBE, CHAT)).isTrue();
    assertThat(now.rights().allow(Operation.PUBLISH, CHAT)).isFalse();
    assertThat(now.clientId()).isEqualTo("ada");
  }

  @Test
  void capabilitiesTooLongForAHeaderAreRefusedWhenIssued() {
    Map<ChannelPattern, Set<Operation>> many = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      many.put(new ChannelPattern("x".repeat(100) + i), EnumSet.of(Operation.PUBLISH));
    }
    assertRefused(
        Refusal.FIELD_INVALID,
        () ->
            auth.mint.token(
                auth.keyPrincipal(),
                null,
                new Capabilities(many),
                TokenLimits.NONE,
                Duration.ofHours(1)));
  }
}
