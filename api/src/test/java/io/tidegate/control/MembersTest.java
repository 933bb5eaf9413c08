package io.tidegate.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.control.ControlClient.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Who is let into a tenant, and who stays. */
class MembersTest {
  private final ControlClient operator = ControlClient.operator();
  private final String tenant = operator.newTenant();
  private final String members = "/v1/tenants/" + tenant + "/members";

  @Test
  void anInvitationIsReadAnyNumberOfTimesAndAcceptedOnce() {
    Person owner = Person.member(tenant, "owner");
    String email = Person.newEmail();
    Reply invited = owner.post(members, "{'email':'" + email + "','role':'developer'}").expect(201);
    assertThat(invited.text("status")).isEqualTo("invited");
    assertThat(invited.text("invitationUrl"))
        .startsWith("http://127.0.0.1:")
        .contains("/console/invitation#invitation=tgi_");
    String link = Person.secret(invited.text("invitationUrl"));
    assertThat(owner.get(members).body()).doesNotContain(link);

    Reply open = read(link).expect(200);
    assertThat(open.text("email")).isEqualTo(email);
    assertThat(open.text("tenantName")).isEqualTo("Acme");
    assertThat(open.text("role")).isEqualTo("developer");
    assertThat(open.text("invitedBy")).isEqualTo("Ada");
    assertThat(open.text("accountExists")).isEqualTo("false");
    Person.stranger()
        .post("/v1/invitations/accept", "{'invitation':'" + link + "'}")
        .refused(40003);
    Person.stranger()
        .post(
            "/v1/invitations/accept",
            "{'invitation':'" + link + "','name':'Grace','password':'password12'}")
        .refused(40014);

    Person newcomer = Person.stranger();
    Reply session = newcomer.accept(link).expect(201);
    assertThat(session.text("memberships.0.role")).isEqualTo("developer");
    newcomer.get("/v1/tenants/" + tenant).expect(200);
    Person.stranger().accept(link).refused(40400);
    read(link).refused(40400);
    Reply list = owner.get(members).expect(200);
    assertThat(list.text("items.1.status")).isEqualTo("active");
    assertThat(list.text("items.1.email")).isEqualTo(email);
    assertThat(list.text("items.1.name")).isEqualTo("Ada");
  }

  @Test
  void ofManyWhoAcceptAtOnceOneIsLetIn() throws Exception {
    String link = Person.invitation(tenant, Person.newEmail(), "viewer");
    Callable<Integer> accept = () -> Person.stranger().accept(link).status();

    List<Integer> statuses = atOnce(List.of(accept, accept, accept, accept));

    assertThat(statuses).containsOnlyOnce(201);
    assertThat(statuses).allMatch(status -> List.of(201, 400, 401, 404, 409).contains(status));
    assertThat(operator.get(members).list("items")).hasSize(1);
  }

  @Test
  void anAccountThatExistsAcceptsWithItsOwnSessionOnly() {
    Person person = Person.member(operator.newTenant(), "viewer");
    String link = Person.invitation(tenant, person.email(), "admin");
    String accept = "{'invitation':'" + link + "'}";

    assertThat(read(link).expect(200).text("accountExists")).isEqualTo("true");
    Person.stranger().post("/v1/invitations/accept", accept).refused(40100);
    Person.stranger().accept(link).refused(40100);
    Person.member(operator.newTenant(), "owner")
        .post("/v1/invitations/accept", accept)
        .refused(40300);
    person.accept(link).refused(40003);
    String before = person.cookie();
    person.post("/v1/invitations/accept", accept).expect(201);

    assertThat(person.cookie()).isNotEqualTo(before);
    assertThat(person.get("/v1/session").list("memberships")).hasSize(2);
    person.get("/v1/tenants/" + tenant).expect(200);
  }

  @Test
  void aNewLinkTakesThePlaceOfTheOneBefore() {
    Person owner = Person.member(tenant, "owner");
    Reply invited =
        owner.post(members, "{'email':'" + Person.newEmail() + "','role':'viewer'}").expect(201);
    String old = Person.secret(invited.text("invitationUrl"));
    String again = members + "/" + invited.text("id") + "/invitation";
    String fresh = Person.secret(owner.post(again, null).expect(201).text("invitationUrl"));

    read(old).refused(40400);
    Person.stranger().accept(fresh).expect(201);
    owner.post(again, null).refused(40910);
  }

  @Test
  void anInvitationIsGoodForSevenDays() {
    String link = Person.invitation(tenant, Person.newEmail(), "viewer");
    Rows.change(
        "UPDATE members SET invitation_expires_at = now() - interval '1 second'"
            + " WHERE tenant_id = '"
            + tenant
            + "'");

    read(link).refused(40400);
    Person.stranger().accept(link).refused(40400);
  }

  @Test
  void nobodyIsInvitedTwiceOrByAnotherSpelling() {
    Person owner = Person.member(tenant, "owner");
    String email = Person.newEmail();
    String body = "{'email':'" + email + "','role':'viewer'}";
    owner.post(members, body).expect(201);

    owner.post(members, body).refused(40910);
    owner
        .post(
            members,
            body.toUpperCase(java.util.Locale.ROOT)
                .replace("'EMAIL'", "'email'")
                .replace("'ROLE':'VIEWER'", "'role':'viewer'"))
        .refused(40910);
    owner.post(members, "{'email':'" + owner.email() + "','role':'viewer'}").refused(40910);
    owner.post(members, "{'email':'x','role':'viewer'}").refused(40003);
    owner.post(members, "{'email':'a@b.example','role':'operator'}").refused(40003);
  }

  @Test
  void onlyOwnersManageMembersAndAWithdrawnInvitationIsNone() {
    Person admin = Person.member(tenant, "admin");
    admin.post(members, "{'email':'a@b.example','role':'viewer'}").refused(40300);
    Person.member(tenant, "viewer").get(members).expect(200);

    Person owner = Person.member(tenant, "owner");
    Reply invited =
        owner.post(members, "{'email':'" + Person.newEmail() + "','role':'owner'}").expect(201);
    owner.delete(members + "/" + invited.text("id")).expect(204);
    read(Person.secret(invited.text("invitationUrl"))).refused(40400);
  }

  @Test
  void theLastOwnerStays() {
    Person owner = Person.member(tenant, "owner");
    String own = members + "/" + id(owner);
    // Who is only invited is no owner yet.
    Person.invitation(tenant, Person.newEmail(), "owner");

    owner.delete(own).refused(40909);
    owner.patch(own, "{'role':'admin'}").refused(40909);
    owner.patch(own, "{'role':'owner'}").expect(200);
    operator.delete(own).refused(40909);

    Person other = Person.member(tenant, "owner");
    other.patch(own, "{'role':'viewer'}").expect(200);
    owner.patch("/v1/tenants/" + tenant, "{'name':'x'}").refused(40300);
    other.delete(members + "/" + id(other)).refused(40909);
  }

  @Test
  void ofTwoOwnersWhoLeaveAtOnceOneStays() throws Exception {
    Person one = Person.member(tenant, "owner");
    Person other = Person.member(tenant, "owner");
    String first = members + "/" + id(one);
    String second = members + "/" + id(other);

    List<Integer> statuses =
        atOnce(List.of(() -> one.delete(first).status(), () -> other.delete(second).status()));

    assertThat(statuses).containsOnlyOnce(204);
    List<?> left = operator.get(members).list("items");
    assertThat(left).hasSize(1);
    assertThat(((Map<?, ?>) left.getFirst()).get("role")).isEqualTo("owner");
  }

  @Test
  void whoIsRemovedIsOutAtOnceAndKeepsTheAccount() {
    Person owner = Person.member(tenant, "owner");
    Person developer = Person.member(tenant, "developer");
    developer.get("/v1/tenants/" + tenant).expect(200);

    owner.delete(members + "/" + id(developer)).expect(204);

    developer.get("/v1/tenants/" + tenant).refused(40400);
    assertThat(developer.get("/v1/session").expect(200).list("memberships")).isEmpty();
  }

  @Test
  void whoHasLostThePasswordIsRemovedEverywhereAndInvitedAnew() {
    Person person = Person.member(tenant, "admin");
    String email = person.email();
    Person.member(tenant, "owner").delete(members + "/" + id(person)).expect(204);
    String again = Person.invitation(tenant, email, "viewer");

    assertThat(read(again).expect(200).text("accountExists")).isEqualTo("false");
    Person.stranger()
        .post(
            "/v1/invitations/accept",
            "{'invitation':'" + again + "','name':'Ada','password':'seven herons over it'}")
        .expect(201);

    person.get("/v1/session").refused(40100);
    Person.stranger().signIn(email, Person.PASSWORD).refused(40150);
    Person.stranger().signIn(email, "seven herons over it").expect(201);
  }

  @Test
  void operatorsAreInvitedAndRemoved() {
    Person one = Person.operator();
    String email = Person.newEmail();
    Reply invited = one.post("/v1/operators", "{'email':'" + email + "'}").expect(201);
    one.post("/v1/operators", "{'email':'" + email + "'}").refused(40910);
    String link = Person.secret(invited.text("invitationUrl"));
    assertThat(read(link).expect(200).text("role")).isEqualTo("operator");
    assertThat(read(link).get("tenantName")).isEqualTo("null");
    Person two = Person.stranger();
    two.accept(link).expect(201);
    two.get("/v1/tenants").expect(200);
    one.post("/v1/operators", "{'email':'" + email + "'}").refused(40910);

    one.delete("/v1/operators/" + invited.text("id")).expect(204);

    two.get("/v1/tenants").refused(40300);
    assertThat(two.get("/v1/session").text("account.operator")).isEqualTo("false");
    one.delete("/v1/operators/" + invited.text("id")).refused(40400);
    assertThat(one.get("/v1/audit-events").body())
        .contains("operator.invited")
        .contains("operator.joined")
        .contains("operator.removed");
  }

  @Test
  void aTenantThatIsDeletedHasNoMembers() {
    Person owner = Person.member(tenant, "owner");
    String link = Person.invitation(tenant, Person.newEmail(), "viewer");

    owner.delete("/v1/tenants/" + tenant).expect(204);

    read(link).refused(40400);
    owner.get("/v1/tenants/" + tenant).refused(40400);
    assertThat(owner.get("/v1/session").expect(200).list("memberships")).isEmpty();
  }

  private String id(Person person) {
    String email = person.email();
    return operator.get(members).list("items").stream()
        .map(one -> (Map<?, ?>) one)
        .filter(one -> email.equals(one.get("email")))
        .map(one -> String.valueOf(one.get("id")))
        .findFirst()
        .orElseThrow();
  }

  private static Reply read(String link) {
    return Person.stranger().post("/v1/invitations/open", "{'invitation':'" + link + "'}");
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = threads.invokeAll(calls);
      return futures.stream().map(Future::resultNow).toList();
    }
  }
}
