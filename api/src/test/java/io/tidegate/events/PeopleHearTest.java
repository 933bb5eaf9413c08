package io.tidegate.events;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The stream for a page of the console: its session opens it, and no other site's page does. */
@WireTest
final class PeopleHearTest {
  private final Target target = SharedGateway.target();
  private final TestApp app = TestApp.create(target, "Heard");
  private final TestApp other = TestApp.create(target, "Unheard");

  @Test
  void aMemberHearsOfTheirTenantsAsLongAsTheyAreMembers() throws Exception {
    Joined joined = join(app, "developer");
    try (Listener page = Listener.ofPage(target, joined.cookie(), target.uri("").toString())) {
      assertThat(page.await("ready").path("tenantId").isNull()).isTrue();
      other.namespace("quiet", "{'pattern':'quiet'}");
      app.namespace("loud", "{'pattern':'loud'}");
      page.await("audit", one -> one.toString().contains("loud"));
      assertThat(page.frames()).noneMatch(one -> one.toString().contains(other.tenantId()));

      new Rest(target, Credential.session(text(joined.cookie()))).delete("/v1/session").expect(204);
      assertThat(page.closeCode()).isEqualTo(4002);
    }
  }

  @Test
  void aPageOfAnotherSiteIsNobody() throws Exception {
    Joined joined = join(app, "owner");
    try (Listener page = Listener.ofPage(target, joined.cookie(), "https://evil.example")) {
      assertThat(page.closeCode()).isEqualTo(4103);
      assertThat(page.frames()).noneMatch(one -> one.path("type").asText().equals("ready"));
    }
  }

  private record Joined(String cookie) {}

  private Joined join(TestApp to, String role) {
    String invited =
        to.control()
            .rest()
            .post(
                "/v1/tenants/" + to.tenantId() + "/members",
                json("{'email':'%s@acme.example','role':'%s'}", UUID.randomUUID(), role))
            .expect(201)
            .body();
    String url = Json.read(invited).path("invitationUrl").asText();
    Answer accepted =
        new Rest(target, Credential.NONE)
            .post(
                "/v1/invitations/accept",
                json(
                    "{'invitation':'%s','name':'Ada','password':'a long walk by the sea'}",
                    text(url)))
            .expect(201);
    String cookie = accepted.headers().firstValue("Set-Cookie").orElseThrow();
    return new Joined(cookie.substring(0, cookie.indexOf(';')));
  }

  private static String text(String pair) {
    return pair.substring(pair.indexOf('=') + 1);
  }
}
