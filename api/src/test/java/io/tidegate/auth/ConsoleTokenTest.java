package io.tidegate.auth;

import static io.tidegate.auth.AuthFixture.APP;
import static io.tidegate.auth.AuthFixture.TENANT;
import static io.tidegate.auth.AuthFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ClientId;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.Operation;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.Steps;
import io.tidegate.tenant.Actor;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person in the console may do to an app's data plane, and for how long. */
class ConsoleTokenTest {
  private static final ChannelName CHAT = new ChannelName("chat:room-7");
  private static final ChannelName META = new ChannelName("[meta]log");
  private static final String ACCOUNT = "0197f3c2-6b1e-7c3a-9d52-3f1f8a2b4c5d";

  private final AuthFixture auth = new AuthFixture();

  private String minted(Role role) {
    return auth.console.mint(APP, TENANT, role, ACCOUNT).token();
  }

  private AppPrincipal person(Role role) {
    return auth.authenticator.token(minted(role));
  }

  @Test
  void personIsKnownByAccountAndNotByAKey() {
    AppPrincipal person = person(Role.ADMIN);

    assertThat(person.isConsole()).isTrue();
    assertThat(person.isKey()).isFalse();
    assertThat(person.tenant()).isEqualTo(TENANT);
    assertThat(person.app()).isEqualTo(APP);
    assertThat(person.clientId()).isEqualTo("console:" + ACCOUNT);
    assertThat(auth.used).isEmpty();
  }

  @Test
  void noKeyCanBeCalledAsTheConsoleIs() {
    assertThat(KeyName.parse(person(Role.ADMIN).key().toString())).isNull();
    assertThat(KeyName.isKeyId("console")).isFalse();
  }

  @Test
  void viewerReadsAndDoesNothingElse() {
    AppPrincipal viewer = person(Role.VIEWER);

    viewer.require(Operation.SUBSCRIBE, CHAT);
    viewer.require(Operation.HISTORY, CHAT);
    viewer.require(Operation.SUBSCRIBE, META);
    viewer.requireInsight();
    viewer.requireInsight(CHAT);
    assertRefused(Refusal.CAPABILITY_REFUSED, () -> viewer.require(Operation.PUBLISH, CHAT));
    assertRefused(Refusal.CAPABILITY_REFUSED, () -> viewer.require(Operation.PRESENCE, CHAT));
    assertRefused(Refusal.CAPABILITY_REFUSED, () -> viewer.require(Operation.ADMIN, CHAT));
    assertRefused(Refusal.CAPABILITY_REFUSED, viewer::requireAdmin);
  }

  @Test
  void developerPublishesAndDeletesNothing() {
    AppPrincipal developer = person(Role.DEVELOPER);

    developer.require(Operation.PUBLISH, CHAT);
    developer.require(Operation.PRESENCE, CHAT);
    assertRefused(Refusal.CAPABILITY_REFUSED, developer::requireAdmin);
    assertRefused(Refusal.CAPABILITY_REFUSED, () -> developer.require(Operation.ADMIN, CHAT));
  }

  @ParameterizedTest
  @EnumSource(names = {"ADMIN", "OWNER", "OPERATOR"})
  void whoManagesTheAppMayWhatAKeyMay(Role role) {
    AppPrincipal person = person(role);

    person.requireAdmin();
    person.require(Operation.ADMIN, CHAT);
    assertRefused(Refusal.CAPABILITY_REFUSED, () -> person.require(Operation.PUBLISH, META));
  }

  @Test
  void goodForFiveMinutes() {
    String token = minted(Role.VIEWER);
    AppPrincipal person = auth.authenticator.token(token);
    auth.clock.move(ConsoleTokens.LIFETIME.plus(Duration.ofSeconds(29)));
    auth.authenticator.recheck(person);
    auth.clock.move(Duration.ofSeconds(2));

    assertRefused(Refusal.TOKEN_EXPIRED, () -> auth.authenticator.token(token));
    assertRefused(Refusal.TOKEN_EXPIRED, () -> auth.authenticator.recheck(person));
  }

  @Test
  void endsWithItsAppAndWhenItsAccountIsShutOut() {
    String token = minted(Role.OWNER);
    AppPrincipal person = auth.authenticator.token(token);
    Caller caller = new Caller(Actor.SYSTEM, Role.OPERATOR, TENANT, "r1");
    ClientId shown = new ClientId("console:" + ACCOUNT);
    auth.revocations.revoke(
        caller,
        TENANT,
        APP,
        List.of(
            Revocation.issuedBefore(
                Revocation.Kind.CLIENT,
                shown.value(),
                auth.clock.millis() + 1,
                auth.clock.instant())));

    assertRefused(Refusal.TOKEN_REVOKED, () -> auth.authenticator.token(token));
    assertRefused(Refusal.TOKEN_REVOKED, () -> auth.authenticator.recheck(person));

    auth.directory.removeApp(APP);
    assertRefused(Refusal.APP_DELETED, () -> auth.authenticator.recheck(person));
  }

  @Test
  void anotherInstallationsIsNotTaken() {
    byte[] other = new byte[32];
    other[0] = 1;
    String foreign =
        new ConsoleTokens(other, auth.directory, auth.clock)
            .mint(APP, TENANT, Role.OWNER, ACCOUNT)
            .token();

    assertRefused(Refusal.CREDENTIAL_INVALID, () -> auth.authenticator.token(foreign));
  }

  @Test
  void changedInAnyPartIsNotTaken() {
    String token = minted(Role.VIEWER);
    String owner = minted(Role.OWNER);
    String mixed =
        token.substring(0, token.indexOf('.'))
            + owner.substring(owner.indexOf('.'), owner.lastIndexOf('.'))
            + token.substring(token.lastIndexOf('.'));

    assertRefused(Refusal.CREDENTIAL_INVALID, () -> auth.authenticator.token(mixed));
  }

  @Test
  void ofAnotherTenantsAppIsNotTaken() {
    String token = auth.console.mint(AuthFixture.OTHER_APP, TENANT, Role.OWNER, ACCOUNT).token();

    assertRefused(Refusal.APP_DELETED, () -> auth.authenticator.token(token));
  }

  @Test
  void explainedInItsOwnAppOnly() {
    String token = minted(Role.VIEWER);

    assertThat(auth.authenticator.tell(APP, token, Steps.UNTOLD).isConsole()).isTrue();
    assertRefused(
        Refusal.CREDENTIAL_INVALID,
        () -> auth.authenticator.tell(AuthFixture.OTHER_APP, token, Steps.UNTOLD));
  }
}
