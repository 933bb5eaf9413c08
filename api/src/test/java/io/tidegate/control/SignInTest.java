package io.tidegate.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.account.store.JdbcLinks;
import io.tidegate.account.store.JdbcSessions;
import io.tidegate.control.ControlClient.Reply;
import io.tidegate.signin.Sessions;
import io.tidegate.signin.TestCodes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How people get in, and out. */
class SignInTest {
  private final ControlClient operator = ControlClient.operator();
  private final String tenant = operator.newTenant();

  @Test
  void theRightPasswordOpensASessionOfItsOwn() {
    Person member = Person.member(tenant, "admin");
    String email = member.email();
    Person browser = Person.stranger();

    Reply session = browser.signIn(email.toUpperCase(java.util.Locale.ROOT), Person.PASSWORD);

    session.expect(201);
    assertThat(session.text("account.email")).isEqualTo(email);
    assertThat(session.text("account.hasPassword")).isEqualTo("true");
    assertThat(session.text("account.operator")).isEqualTo("false");
    assertThat(session.text("memberships.0.tenantId")).isEqualTo(tenant);
    assertThat(session.text("memberships.0.role")).isEqualTo("admin");
    assertThat(browser.cookie()).isNotEqualTo(member.cookie());
    browser.get("/v1/session").expect(200);
    browser.get("/v1/tenants/" + tenant).expect(200);
    assertThat(browser.get("/v1/me").expect(200).text("kind")).isEqualTo("account");
    assertThat(browser.get("/v1/me").get("tenantId")).isEqualTo("null");
  }

  @Test
  void theCookieIsForThisHostAndForNoScript() {
    Person member = Person.member(tenant, "viewer");
    String cookie =
        Person.stranger()
            .signIn(member.email(), Person.PASSWORD)
            .response()
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow();

    assertThat(cookie)
        .startsWith("__Host-tidegate=tgs_")
        .contains("; Path=/; Secure; HttpOnly; SameSite=Strict")
        .doesNotContain("Domain");
  }

  @Test
  void whichOfEmailAndPasswordIsWrongIsNotSaid() {
    String email = Person.member(tenant, "viewer").email();
    Reply wrong = Person.stranger().signIn(email, "not the password");
    Reply unknown = Person.stranger().signIn(Person.newEmail(), Person.PASSWORD);

    wrong.refused(40150);
    unknown.refused(40150);
    assertThat(wrong.anonymous()).isEqualTo(unknown.anonymous());
    assertThat(wrong.response().headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void aSignInNamesWhatItIsWith() {
    Person.stranger().post("/v1/session", "{}").refused(40003);
    Person.stranger().post("/v1/session", "{'link':'x','email':'a@b.example'}").refused(40003);
    Person.stranger().post("/v1/session", "{'email':'nobody'}").refused(40003);
    Person.stranger().post("/v1/session", "{'link':'tgl_wrong'}").refused(40150);
  }

  @Test
  void whatABrowserHeldBeforeASignInOpensNothingAfterwards() {
    Person member = Person.member(tenant, "viewer");
    String before = member.cookie();

    member.signIn(member.email(), Person.PASSWORD).expect(201);

    assertThat(member.cookie()).isNotEqualTo(before);
    member.get("/v1/session").expect(200);
    Person.stranger().withCookie(before).get("/v1/session").refused(40100);
    // And one that an attacker has planted is neither taken nor in the way.
    Person planted = Person.stranger().withCookie("__Host-tidegate=planted");
    planted.get("/v1/session").refused(40100);
    planted.signIn(member.email(), Person.PASSWORD).expect(201);
    assertThat(planted.cookie()).isNotEqualTo("__Host-tidegate=planted");
  }

  @Test
  void theLinkOfAStartSignsInOnceAsTheFirstOperator() {
    String link = ControlClient.gateway().bean(JdbcLinks.class).make();
    String second = ControlClient.gateway().bean(JdbcLinks.class).make();
    Person browser = Person.stranger();

    Reply session = browser.post("/v1/session", "{'link':'" + link + "'}").expect(201);

    assertThat(session.text("account.operator")).isEqualTo("true");
    browser.get("/v1/nodes").expect(200);
    browser.get("/v1/tenants/" + tenant).expect(200);
    Person.stranger().post("/v1/session", "{'link':'" + link + "'}").refused(40150);
    Reply again = Person.stranger().post("/v1/session", "{'link':'" + second + "'}").expect(201);
    assertThat(again.text("account.id")).isEqualTo(session.text("account.id"));
  }

  @Test
  void aLinkIsGoodForTenMinutes() {
    JdbcLinks links = ControlClient.gateway().bean(JdbcLinks.class);
    String link = links.make();
    Rows.change("UPDATE sign_in_links SET expires_at = now() - interval '1 second'");

    Person.stranger().post("/v1/session", "{'link':'" + link + "'}").refused(40150);
  }

  @Test
  void whoSignsOutIsOut() {
    Person member = Person.member(tenant, "viewer");
    String cookie = member.cookie();

    member.delete("/v1/session").expect(204);

    assertThat(member.cookie()).isEmpty();
    Person.stranger().withCookie(cookie).get("/v1/session").refused(40100);
    Person.stranger().withCookie(cookie).get("/v1/tenants/" + tenant).refused(40100);
  }

  @Test
  void aPersonSeesAndEndsTheirOwnSessionsAndNobodyElses() {
    Person member = Person.member(tenant, "viewer");
    Person phone = Person.stranger();
    phone.signIn(member.email(), Person.PASSWORD).expect(201);

    List<?> sessions = member.get("/v1/sessions").expect(200).list("items");
    assertThat(sessions).hasSize(2);
    Map<?, ?> other = (Map<?, ?>) sessions.get(0);
    assertThat(other.get("current")).isEqualTo(false);
    assertThat(((Map<?, ?>) sessions.get(1)).get("current")).isEqualTo(true);

    Person.member(tenant, "owner").delete("/v1/sessions/" + other.get("id")).refused(40400);
    member.delete("/v1/sessions/" + other.get("id")).expect(204);
    phone.get("/v1/session").refused(40100);
    member.get("/v1/session").expect(200);
  }

  @Test
  void aPersonHasAtMostTwentySessions() {
    Person member = Person.member(tenant, "viewer");
    String email = member.email();
    for (int i = 0; i < 20; i++) {
      Person.stranger().signIn(email, Person.PASSWORD).expect(201);
    }

    member.get("/v1/session").refused(40100);
  }

  @Test
  void aNewPasswordNeedsTheOldOneAndEndsTheOtherSessions() {
    Person member = Person.member(tenant, "viewer");
    String email = member.email();
    Person phone = Person.stranger();
    phone.signIn(email, Person.PASSWORD).expect(201);

    String path = "/v1/session/password";
    member.put(path, "{'password':'seven herons over it'}").refused(40150);
    member.put(path, "{'current':'wrong','password':'seven herons over it'}").refused(40150);
    member.put(path, "{'current':'" + Person.PASSWORD + "','password':'short'}").refused(40014);
    member
        .put(path, "{'current':'" + Person.PASSWORD + "','password':'" + email + "'}")
        .refused(40014);
    phone.get("/v1/session").expect(200);
    member
        .put(path, "{'current':'" + Person.PASSWORD + "','password':'seven herons over it'}")
        .expect(204);

    member.get("/v1/session").expect(200);
    phone.get("/v1/session").refused(40100);
    Person.stranger().signIn(email, Person.PASSWORD).refused(40150);
    Person.stranger().signIn(email, "seven herons over it").expect(201);
  }

  @Test
  void theFirstOperatorSetsEmailAndPasswordAndSignsInWithThem() {
    Person first = Person.stranger();
    String link = ControlClient.gateway().bean(JdbcLinks.class).make();
    Reply session = first.post("/v1/session", "{'link':'" + link + "'}").expect(201);
    String email = Person.newEmail();

    Reply changed =
        first.patch("/v1/session", "{'name':'Grace','email':'" + email + "'}").expect(200);
    assertThat(changed.text("account.name")).isEqualTo("Grace");
    assertThat(changed.text("account.email")).isEqualTo(email);
    String current =
        session.text("account.hasPassword").equals("true")
            ? "'current':'" + Person.PASSWORD + "',"
            : "";
    first
        .put("/v1/session/password", "{" + current + "'password':'" + Person.PASSWORD + "'}")
        .expect(204);

    Person.stranger().signIn(email, Person.PASSWORD).expect(201);
  }

  @Test
  void nobodyTakesAnothersEmail() {
    String taken = Person.member(tenant, "viewer").email();
    Person member = Person.member(tenant, "viewer");

    member
        .patch("/v1/session", "{'email':'" + taken.toUpperCase(java.util.Locale.ROOT) + "'}")
        .refused(40900);
    member.patch("/v1/session", "{}").refused(40003);
  }

  @Test
  void aSecondFactorIsAskedForAndNoCodeIsGoodTwice() {
    Person member = Person.member(tenant, "viewer");
    String email = member.email();
    String path = "/v1/session/second-factor";
    member.post(path, "{'password':'wrong'}").refused(40150);
    String secret =
        member.post(path, "{'password':'" + Person.PASSWORD + "'}").expect(201).text("secret");
    Person.stranger().signIn(email, Person.PASSWORD).expect(201);
    member.put(path, "{'code':'000000'}").refused(40151);
    String code = TestCodes.code(secret, 0);
    List<?> recovery =
        member.put(path, "{'code':'" + code + "'}").expect(200).list("recoveryCodes");

    assertThat(member.get("/v1/session").text("account.secondFactor")).isEqualTo("true");
    Person.stranger().signIn(email, Person.PASSWORD).refused(40151);
    Person.stranger().signIn(email, Person.PASSWORD, "000000").refused(40151);
    // The code that confirmed it is spent.
    Person.stranger().signIn(email, Person.PASSWORD, code).refused(40151);
    String next = TestCodes.code(secret, 1);
    Person.stranger().signIn(email, "not the password", next).refused(40150);
    Person.stranger().signIn(email, Person.PASSWORD, next).expect(201);
    Person.stranger().signIn(email, Person.PASSWORD, next).refused(40151);

    String one = String.valueOf(recovery.getFirst());
    Person.stranger()
        .signIn(email, Person.PASSWORD, one.toLowerCase(java.util.Locale.ROOT))
        .expect(201);
    Person.stranger().signIn(email, Person.PASSWORD, one).refused(40151);

    member.post(path, "{'password':'" + Person.PASSWORD + "'}").refused(40900);
    String two = String.valueOf(recovery.get(1));
    member.post(path + "/remove", "{'password':'wrong','code':'" + two + "'}").refused(40150);
    member
        .post(path + "/remove", "{'password':'" + Person.PASSWORD + "','code':'" + two + "'}")
        .expect(204);
    Person.stranger().signIn(email, Person.PASSWORD).expect(201);
  }

  @Test
  void aSessionEndsWithoutUseAndAfterTwelveHoursWithIt() {
    Person member = Person.member(tenant, "viewer");
    String text = member.cookie().substring(member.cookie().indexOf('=') + 1);
    JdbcSessions store = ControlClient.gateway().bean(JdbcSessions.class);
    Instant begun = Instant.now();

    assertThat(sessions(store, begun.plus(Duration.ofMinutes(28))).find(text)).isPresent();
    // Used at minute 28: good at minute 57, over at minute 59.
    assertThat(sessions(store, begun.plus(Duration.ofMinutes(57))).find(text)).isPresent();
    Instant now = begun.plus(Duration.ofMinutes(57));
    assertThat(sessions(store, now.plus(Duration.ofMinutes(31))).find(text)).isEmpty();
    for (int minutes = 57; minutes < 12 * 60; minutes += 25) {
      assertThat(sessions(store, begun.plus(Duration.ofMinutes(minutes))).find(text)).isPresent();
    }
    assertThat(sessions(store, begun.plus(Duration.ofHours(12).plusSeconds(1))).find(text))
        .isEmpty();
  }

  /** As a node whose clock says this, which knows nothing yet. */
  private static Sessions sessions(JdbcSessions store, Instant now) {
    return new Sessions(store, () -> now);
  }

  @Test
  void signInsAreOnTheInstallationsRecordWithoutWhatWasTyped() {
    Person member = Person.member(tenant, "viewer");
    String email = member.email();
    Person.stranger().signIn(email, Person.PASSWORD).expect(201);
    Person.stranger().signIn(email, "canary-7Qx secret").refused(40150);

    Reply events = operator.get("/v1/audit-events").expect(200);

    assertThat(events.body())
        .contains("session.created")
        .contains("session.refused")
        .doesNotContain("canary-7Qx")
        .doesNotContain(member.cookie().substring(20));
    assertThat(events.get("items.0.tenantId")).isEqualTo("null");
  }
}
