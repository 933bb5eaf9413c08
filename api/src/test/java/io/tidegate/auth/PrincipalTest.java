package io.tidegate.auth;

import static io.tidegate.auth.AuthFixture.APP;
import static io.tidegate.auth.AuthFixture.KEY;
import static io.tidegate.auth.AuthFixture.SECRET;
import static io.tidegate.auth.AuthFixture.TENANT;
import static io.tidegate.auth.AuthFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidegate.channel.Operation;
import io.tidegate.problem.Refusal;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.Limits;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrincipalTest {
  private final AuthFixture auth = new AuthFixture();

  @Test
  void clientIsNamedByItsIdOrItsToken() {
    String anonymous = auth.goodToken().without("sub").sign();

    assertThat(auth.authenticator.token(auth.goodToken().sign()).client())
        .isEqualTo("482913/client/ada");
    assertThat(auth.authenticator.token(anonymous).client()).isEqualTo("482913/token/t1");
  }

  @Test
  void keyTokenAndBareNameAreToldApart() {
    AppPrincipal key = auth.keyPrincipal();
    AppPrincipal token = auth.authenticator.token(auth.goodToken().sign());
    AppPrincipal name = auth.authenticator.keyName(KEY.toString());

    assertThat(List.of(key.isKey(), token.isKey(), name.isKey()))
        .containsExactly(true, false, false);
    assertThat(List.of(key.isKeyNameOnly(), token.isKeyNameOnly(), name.isKeyNameOnly()))
        .containsExactly(false, false, true);
  }

  @Test
  void onlyAKeyWithAdminActsOnTheApp() {
    auth.keyPrincipal().requireAdmin();
    AppPrincipal token = auth.authenticator.token(auth.goodToken().sign());
    assertRefused(Refusal.KEY_REQUIRED, token::requireAdmin);
    auth.directory.putKey(KEY, SECRET, AuthFixture.can("*", EnumSet.of(Operation.PUBLISH)));
    assertRefused(Refusal.CAPABILITY_REFUSED, auth.keyPrincipal()::requireAdmin);
  }

  @Test
  void everyUseOfAKeyIsNoted() {
    auth.authenticator.key(KEY + ":" + SECRET);
    assertThat(auth.used).containsExactly(KEY);
    auth.authenticator.token(auth.goodToken().sign());
    assertThat(auth.used).containsExactly(KEY, KEY);
    assertRefused(Refusal.CREDENTIAL_INVALID, () -> auth.authenticator.key(KEY + ":guess"));
    assertThat(auth.used).hasSize(2);
  }

  @Test
  void bareNameIsRecheckedLikeItsKey() {
    AppPrincipal name = auth.authenticator.keyName(KEY.toString());

    assertThat(auth.authenticator.recheck(name)).isEqualTo(name);
    auth.directory.revokeKey(KEY, auth.clock.instant());
    assertRefused(Refusal.KEY_REVOKED, () -> auth.authenticator.keyName(KEY.toString()));
  }

  @Test
  void keyThatIsGoneIsNotItsAppGone() {
    AppPrincipal key = auth.keyPrincipal();
    auth.directory.removeApp(APP);
    assertRefused(Refusal.APP_DELETED, () -> auth.authenticator.recheck(key));
    auth.directory.putApp(APP, TENANT);
    assertRefused(Refusal.KEY_REVOKED, () -> auth.authenticator.recheck(key));
  }

  @Test
  void limitsOfATokenAreTheTenantsWords() {
    TokenLimits limits =
        new TokenLimits(
            Map.of(
                TokenLimits.Limit.PUBLISHES_PER_SECOND, 5, TokenLimits.Limit.MAX_MESSAGE_BYTES, 1));

    assertThat(limits.asLimits())
        .isEqualTo(new Limits(Map.of(Limit.PUBLISHES_PER_SECOND, 5L, Limit.MAX_MESSAGE_BYTES, 1L)));
    assertThat(limits.asClaim())
        .containsExactly(Map.entry("publishesPerSecond", 5), Map.entry("maxMessageBytes", 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenLimits(Map.of(TokenLimits.Limit.MAX_MESSAGE_BYTES, 0)));
  }
}
