package io.tidegate.auth;

import static io.tidegate.auth.AuthFixture.assertRefused;

import io.tidegate.problem.Refusal;
import io.tidegate.tenant.App;
import io.tidegate.tenant.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  private static final String HOST = "gateway.example";

  private final AuthFixture auth = new AuthFixture();
  private final Origins origins = new Origins(auth.directory);

  @Test
  void originIsComparedWhole() {
    allow("https://chat.acme.example", "http://localhost:3000");

    origins.require(auth.keyPrincipal(), "https://chat.acme.example", HOST);
    origins.require(auth.keyPrincipal(), "http://localhost:3000", HOST);
    origins.require(auth.keyPrincipal(), null, HOST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://chat.acme.example.evil.example",
        "https://evil.example",
        "http://chat.acme.example",
        "https://chat.acme.example:8443",
        "https://CHAT.acme.example/",
        "https://acme.example",
        "null",
        "*",
        ""
      })
  void anyOtherOriginIsRefused(String origin) {
    allow("https://chat.acme.example");

    assertRefused(Refusal.ORIGIN_REFUSED, () -> origins.require(auth.keyPrincipal(), origin, HOST));
  }

  @Test
  void starAllowsAnyOriginAndAnEmptyListNone() {
    allow("*");
    origins.require(auth.keyPrincipal(), "https://anywhere.example", HOST);
    origins.require(auth.keyPrincipal(), "null", HOST);
    allow();
    assertRefused(
        Refusal.ORIGIN_REFUSED,
        () -> origins.require(auth.keyPrincipal(), "https://anywhere.example", HOST));
  }

  @Test
  void consoleOfTheHostThatIsAskedUsesEveryApp() {
    allow();
    AppPrincipal person =
        auth.authenticator.token(
            auth.console
                .mint(AuthFixture.APP, AuthFixture.TENANT, Role.VIEWER, "0197f3c2")
                .token());

    origins.require(person, "https://" + HOST, HOST);
    assertRefused(
        Refusal.ORIGIN_REFUSED, () -> origins.require(person, "https://evil.example", HOST));
    assertRefused(Refusal.ORIGIN_REFUSED, () -> origins.require(person, "null", HOST));
    assertRefused(
        Refusal.ORIGIN_REFUSED,
        () -> origins.require(auth.keyPrincipal(), "https://" + HOST, HOST));
  }

  private void allow(String... allowed) {
    auth.directory.putApp(
        new App(AuthFixture.APP, AuthFixture.TENANT, "production", List.of(allowed)));
  }
}
