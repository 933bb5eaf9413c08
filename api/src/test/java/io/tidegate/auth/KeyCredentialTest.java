package io.tidegate.auth;

import static io.tidegate.auth.AuthFixture.KEY;
import static io.tidegate.auth.AuthFixture.SECRET;
import static io.tidegate.auth.AuthFixture.TENANT;
import static io.tidegate.auth.AuthFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Operation;
import io.tidegate.problem.Refusal;
import io.tidegate.tenant.Key;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCredentialTest {
  private final AuthFixture auth = new AuthFixture();

  @Test
  void keyIsItsAppAndTenant() {
    AppPrincipal principal = auth.authenticator.key(KEY + ":" + SECRET);

    assertThat(principal.isKey()).isTrue();
    assertThat(principal.tenant()).isEqualTo(TENANT);
    assertThat(principal.app()).isEqualTo(AuthFixture.APP);
    assertThat(principal.rights().allow(Operation.HISTORY, new ChannelName("a"))).isTrue();
    principal.requireAdmin();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "482913.k1",
        "482913.k1:",
        "482913.k1:wrong",
        "482913.k1:q7Jm2v0xWc4Rz9TnKe1LyBaUoHs5DfGi8PwXrVtMq3e",
        "482913.k1:q7Jm2v0xWc4Rz9TnKe1LyBaUoHs5DfGi8PwXrVtMq3E ",
        "482913.k2:q7Jm2v0xWc4Rz9TnKe1LyBaUoHs5DfGi8PwXrVtMq3E",
        "771204.k1:q7Jm2v0xWc4Rz9TnKe1LyBaUoHs5DfGi8PwXrVtMq3E",
        "482913.k1\u0000:q7Jm2v0xWc4Rz9TnKe1LyBaUoHs5DfGi8PwXrVtMq3E",
        "482913.K1:q7Jm2v0xWc4Rz9TnKe1LyBaUoHs5DfGi8PwXrVtMq3E",
        ".k1:x",
        "1.:x"
      })
  void everyWrongKeyGetsTheSameRefusal(String credential) {
    assertRefused(Refusal.CREDENTIAL_INVALID, () -> auth.authenticator.key(credential));
  }

  @Test
  void revokedKeyIsRefusedAndSaysSoOnlyToWhoKnowsTheSecret() {
    auth.directory.revokeKey(KEY, auth.clock.instant());

    assertRefused(Refusal.KEY_REVOKED, () -> auth.authenticator.key(KEY + ":" + SECRET));
    assertRefused(Refusal.CREDENTIAL_INVALID, () -> auth.authenticator.key(KEY + ":guess"));
    assertRefused(Refusal.KEY_REVOKED, () -> auth.authenticator.token(auth.goodToken().sign()));
  }

  @Test
  void expiredKeyIsRefusedFromItsVeryInstant() {
    Key key = auth.directory.key(KEY).orElseThrow();
    auth.directory.putKey(
        new Key(
            KEY,
            TENANT,
            key.secret(),
            key.capabilities(),
            auth.clock.instant().plusSeconds(10),
            null));
    auth.clock.move(Duration.ofMillis(9_999));
    auth.authenticator.key(KEY + ":" + SECRET);
    auth.clock.move(Duration.ofMillis(1));

    assertRefused(Refusal.KEY_EXPIRED, () -> auth.authenticator.key(KEY + ":" + SECRET));
    assertRefused(Refusal.KEY_EXPIRED, () -> auth.authenticator.token(auth.goodToken().sign()));
  }

  @Test
  void keyOfADeletedAppIsUnknown() {
    auth.directory.removeApp(AuthFixture.APP);

    assertRefused(Refusal.CREDENTIAL_INVALID, () -> auth.authenticator.key(KEY + ":" + SECRET));
  }

  @Test
  void unknownKeyIsNeverCalledWrongWhileTheStoreIsAway() {
    auth.keyPrincipal();
    auth.directory.storeAway(true);

    auth.keyPrincipal();
    assertRefused(Refusal.STORE_UNAVAILABLE, () -> auth.authenticator.key("482913.k9:x"));
  }

  @Test
  void keyNameAloneOpensNothing() {
    AppPrincipal principal = auth.authenticator.keyName(KEY.toString());

    assertThat(principal.isKey()).isFalse();
    assertThat(principal.isKeyNameOnly()).isTrue();
    for (Operation operation : EnumSet.allOf(Operation.class)) {
      assertThat(principal.rights().allowSomewhere(operation)).isFalse();
    }
    assertRefused(Refusal.KEY_REQUIRED, principal::requireAdmin);
    assertRefused(Refusal.CREDENTIAL_INVALID, () -> auth.authenticator.keyName("482913.k2"));
    auth.directory.revokeKey(KEY, auth.clock.instant());
    assertRefused(Refusal.KEY_REVOKED, () -> auth.authenticator.recheck(principal));
  }

  @Test
  void keyIsRecheckedAgainstWhatItIsNow() {
    AppPrincipal principal = auth.keyPrincipal();
    auth.directory.putKey(KEY, SECRET, AuthFixture.can("chat:*", EnumSet.of(Operation.SUBSCRIBE)));

    AppPrincipal now = auth.authenticator.recheck(principal);

    assertThat(now.rights().allow(Operation.SUBSCRIBE, new ChannelName("chat:a"))).isTrue();
    assertThat(now.rights().allowSomewhere(Operation.PUBLISH)).isFalse();
    auth.directory.removeApp(AuthFixture.APP);
    assertRefused(Refusal.APP_DELETED, () -> auth.authenticator.recheck(principal));
  }
}
