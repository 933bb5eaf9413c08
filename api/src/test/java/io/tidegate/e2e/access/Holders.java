package io.tidegate.e2e.access;

import static io.tidegate.e2e.rest.Json.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.contract.Route;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.ControlClient;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.tenant.Role;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An app, a foreign one, and everyone who holds a credential that opens too little. */
final class Holders {
  private static final String ALL = "publish,subscribe,presence,history";
  private static final String SECRET = "q7Jm2v0xWc4Rz9TnKe1LyBaUoHs5DfGi8PwXrVtMq3E";

  final Target target;
  final TestApp app;
  final TestApp foreign;
  private final WebSocketClient connection;
  private final ControlClient control;
  private final Map<Role, Credential> members = new EnumMap<>(Role.class);
  private final Credential foreignOwner;
  private final Credential expiredControlToken;
  private final Credential deletedControlToken;
  private final String token;
  private final String expiredToken;
  private final String revokedToken;
  private final String orphanedToken;
  private final String deadAppsToken;
  private final String revokedKey;
  private final String expiredKey;
  private final String deadAppsKey;

  Holders(Target target) {
    this.target = target;
    app = TestApp.create(target, "Matrix");
    foreign = TestApp.create(target, "Matrix' neighbour");
    control = app.control();
    connection = WebSocketClient.open(target, Credential.key(app.key()));
    for (Role role : List.of(Role.OWNER, Role.ADMIN, Role.DEVELOPER, Role.VIEWER)) {
      members.put(role, member(role.wireName()));
    }
    members.put(Role.OPERATOR, Credential.bearer(target.operatorToken()));
    foreignOwner = Credential.bearer(control.controlToken(foreign.tenantId(), "owner"));
    String tokens = "/v1/tenants/" + app.tenantId() + "/control-tokens";
    expiredControlToken =
        Credential.bearer(
            created(tokens, "{'name':'x','role':'owner','expiresAt':'2020-01-01T00:00:00Z'}")
                .path("token")
                .asText());
    JsonNode deleted = created(tokens, "{'name':'x','role':'owner'}");
    control.rest().delete(tokens + "/" + deleted.path("id").asText()).expect(204);
    deletedControlToken = Credential.bearer(deleted.path("token").asText());

    token = app.token("ada", capabilities("*", ALL));
    expiredToken = Forged.expired(app.keyName(), secret(app.key()));
    JsonNode revoked = app.issue("eve", capabilities("*", ALL), 3600);
    revokedToken = revoked.path("token").asText();
    revoke(revoked);
    app.publisher().accepted("room", json("{'data':1}"));
    revokedKey = control.key(app.id(), TestApp.EVERYTHING);
    orphanedToken = app.withKey(revokedKey).token("eve", capabilities("*", ALL));
    control.revokeKey(app.id(), keyId(revokedKey));
    expiredKey =
        created(
                "/v1/apps/" + app.id() + "/keys",
                "{'name':'x','expiresAt':'2020-01-01T00:00:00Z','capabilities':"
                    + TestApp.EVERYTHING
                    + "}")
            .path("key")
            .asText();
    String deadApp = control.app(app.tenantId(), "Gone");
    deadAppsKey = control.key(deadApp, TestApp.EVERYTHING);
    deadAppsToken = app.withKey(deadAppsKey).token("eve", capabilities("*", ALL));
    control.rest().delete("/v1/apps/" + deadApp + "?cascade=true").expect(204);
    // Service stops within 5 s; what is asked here is whether it has.
    for (Credential gone :
        List.of(
            Credential.key(revokedKey),
            Credential.key(deadAppsKey),
            Credential.bearer(revokedToken))) {
      await().until(() -> new Rest(target, gone).get("/v1/channels/room/messages").status() == 401);
    }
  }

  /** What a path parameter names in the app. */
  String id(String parameter, String otherwise) {
    return switch (parameter) {
      case "tenantId" -> app.tenantId();
      case "appId" -> app.id();
      case "keyId" -> app.keyId();
      case "channel" -> "room";
      case "clientId" -> "ada";
      case "connectionId" -> connection.connectionId();
      default -> otherwise;
    };
  }

  /** Who is allowed, to show that a refusal is one of the credential. */
  Credential rightful(Route route) {
    return switch (Plane.of(route)) {
      case CONTROL -> member(Role.ofWireName(String.valueOf(route.role())));
      case DATA, SUBSCRIBE ->
          route.credentials().contains("key")
              ? Credential.key(app.key())
              : Credential.bearer(token);
      case SESSION, PUBLIC, EVENTS -> Credential.NONE;
    };
  }

  /** Everyone who must be turned away from a route of the control plane. */
  List<Attempt> control(Route route) {
    List<Attempt> attempts = strangers();
    attempts.add(Attempt.of("operator token garbled", Credential.bearer("tgo_" + SECRET), 40101));
    attempts.add(Attempt.of("control token garbled", Credential.bearer("tgc_" + SECRET), 40101));
    attempts.add(Attempt.of("control token expired", expiredControlToken, 40101));
    attempts.add(Attempt.of("control token deleted", deletedControlToken, 40101));
    attempts.add(Attempt.of("a session of nobody", Credential.session("tgs_" + SECRET), 40100));
    attempts.add(Attempt.of("an app's key", Credential.key(app.key()), 40101));
    attempts.add(Attempt.of("a client's token", Credential.bearer(token), 40101));
    Role least = Role.ofWireName(String.valueOf(route.role()));
    members.forEach(
        (role, credential) -> {
          if (!role.covers(least)) {
            attempts.add(Attempt.of("role " + role, credential, 40300));
          }
        });
    if (least == Role.OPERATOR) {
      attempts.add(Attempt.of("owner of another tenant", foreignOwner, 40300));
    } else if (!route.pathParameters().isEmpty()) {
      attempts.add(Attempt.of("owner of another tenant", foreignOwner, 40400));
    }
    return attempts;
  }

  /** Everyone who must be turned away from a route for people with a session. */
  List<Attempt> session() {
    List<Attempt> attempts = strangers();
    attempts.add(Attempt.of("a session of nobody", Credential.session("tgs_" + SECRET), 40100));
    attempts.add(Attempt.of("the operator", Credential.bearer(target.operatorToken()), 40101));
    attempts.add(Attempt.of("a control token", foreignOwner, 40101));
    attempts.add(Attempt.of("an app's key", Credential.key(app.key()), 40101));
    attempts.add(Attempt.of("a client's token", Credential.bearer(token), 40101));
    return attempts;
  }

  /** Everyone who must be turned away from a route of the data plane. */
  List<Attempt> data(Route route) {
    List<Attempt> attempts = strangers();
    attempts.addAll(lapsed());
    attempts.add(Attempt.of("a key name in the URL", Credential.keyName(app.keyName()), 40100));
    attempts.add(Attempt.of("a ticket in the URL", Credential.ticket(app.ticket(token)), 40100));
    attempts.add(Attempt.of("a ticket for a token", Credential.bearer(app.ticket(token)), 40144));
    if (!route.credentials().contains("key")) {
      attempts.add(Attempt.of("a key for a token", Credential.key(app.key()), 40306));
    }
    if (!route.credentials().contains("clientToken")) {
      attempts.add(Attempt.of("a token for a key", Credential.bearer(token), 40303));
    }
    attempts.addAll(powerless(route));
    if (route.path().contains("{connectionId}")) {
      attempts.add(Attempt.of("another tenant's key", Credential.key(foreign.key()), 40400));
    }
    return attempts;
  }

  private void revoke(JsonNode issued) {
    app.rest()
        .post(
            "/v1/tokens/revoke",
            json("{'targets':[{'tokenId':'%s'}]}", issued.path("tokenId").asText()))
        .expect(204);
  }

  /** A new one, for a ticket is good for 60 s, and all routes take longer on a busy machine. */
  private Credential spentTicket() {
    Credential ticket = Credential.ticket(app.ticket(token));
    new Rest(target, Credential.NONE).get(ticket.in("/v1/poll?channel=room&rewind=1")).expect(200);
    return ticket;
  }

  private Credential ticketOfARevokedToken() {
    JsonNode issued = app.issue("eve", capabilities("*", ALL), 3600);
    Credential ticket = Credential.ticket(app.ticket(issued.path("token").asText()));
    revoke(issued);
    return ticket;
  }

  /** Everyone who must be turned away when a stream or socket opens. */
  List<Attempt> subscribe(Route route) {
    List<Attempt> attempts = strangers();
    attempts.addAll(lapsed());
    if (route.credentials().contains("none")) {
      attempts.removeIf(attempt -> attempt.credential().equals(Credential.NONE));
    }
    attempts.add(Attempt.of("a ticket garbled", Credential.ticket("x.y.z"), 40146));
    attempts.add(Attempt.of("a token for a ticket", Credential.ticket(token), 40146));
    attempts.add(Attempt.of("a ticket spent", spentTicket(), 40147));
    attempts.add(Attempt.of("a ticket of a token revoked", ticketOfARevokedToken(), 40141));
    attempts.add(Attempt.of("a ticket for a token", Credential.bearer(app.ticket(token)), 40144));
    attempts.add(
        Attempt.of("a key name of nobody", Credential.keyName(app.id() + ".nobody"), 40101));
    attempts.add(
        Attempt.of("the name of a key revoked", Credential.keyName(name(revokedKey)), 40131));
    if (route.operation() != null && !route.operation().equals("any")) {
      attempts.add(Attempt.of("a key name alone", Credential.keyName(app.keyName()), 40301));
      attempts.add(
          Attempt.of(
              "a ticket without the operation",
              Credential.ticket(app.ticket(tokenFor("*", without(route)))),
              40301));
      attempts.add(
          Attempt.of(
              "a ticket for another channel",
              Credential.ticket(app.ticket(token, "elsewhere")),
              40301));
    }
    attempts.addAll(powerless(route));
    return attempts;
  }

  /** Tokens that are good no more, or never were, for an {@code auth} frame. */
  List<Attempt> lapsedTokens() {
    return Stream.concat(strangers().stream(), lapsed().stream())
        .filter(
            attempt -> String.valueOf(attempt.credential().authorization()).startsWith("Bearer "))
        .filter(attempt -> !"Bearer ".equals(attempt.credential().authorization()))
        .toList();
  }

  /** Credentials that open a socket, and grant neither operation on the channel {@code room}. */
  List<Attempt> withoutRights() {
    return List.of(
        Attempt.of("a key name alone", Credential.keyName(app.keyName()), 40301),
        Attempt.of("a key for history", Credential.key(keyFor("*", "history,admin")), 40301),
        Attempt.of("a key for another channel", Credential.key(keyFor("elsewhere", ALL)), 40301),
        Attempt.of("a token for history", Credential.bearer(tokenFor("*", "history")), 40301),
        Attempt.of(
            "a token for another channel", Credential.bearer(tokenFor("room:*", ALL)), 40301),
        Attempt.of(
            "a ticket for another channel",
            Credential.ticket(app.ticket(token, "elsewhere")),
            40301));
  }

  private List<Attempt> strangers() {
    return new ArrayList<>(
        List.of(
            Attempt.of("nobody", Credential.NONE, 40100),
            Attempt.of("garbage", new Credential("%%%", null), 40100, 40101),
            Attempt.of("another scheme", new Credential("Digest a=b", null), 40100, 40101),
            Attempt.of("bearer of nothing", new Credential("Bearer ", null), 40100, 40101, 40144),
            Attempt.of("bearer of garbage", Credential.bearer("garbage"), 40101, 40144),
            Attempt.of("basic of garbage", new Credential("Basic ???", null), 40101),
            Attempt.of(
                "JWT without signature", Credential.bearer(unsigned(app.keyName())), 40101, 40144),
            Attempt.of("a key of nobody", Credential.key("1.k1:" + SECRET), 40101)));
  }

  /** Credentials of the data plane that are good no more, or only in part. */
  private List<Attempt> lapsed() {
    return List.of(
        Attempt.of("the operator", Credential.bearer(target.operatorToken()), 40101, 40144),
        Attempt.of("the tenant's owner", member(Role.OWNER), 40101, 40144),
        Attempt.of("a key's name alone", Credential.key(app.keyName()), 40101),
        Attempt.of("a key without secret", Credential.key(app.keyName() + ":"), 40101),
        Attempt.of(
            "a key with another's secret",
            Credential.key(app.keyName() + ":" + secret(foreign.key())),
            40101),
        Attempt.of("a key revoked", Credential.key(revokedKey), 40131),
        Attempt.of("a key expired", Credential.key(expiredKey), 40132),
        Attempt.of("a key of an app deleted", Credential.key(deadAppsKey), 40101, 40120),
        Attempt.of("a token expired", Credential.bearer(expiredToken), 40142),
        Attempt.of("a token revoked", Credential.bearer(revokedToken), 40141),
        Attempt.of("a token of a key revoked", Credential.bearer(orphanedToken), 40131),
        Attempt.of("a token of an app deleted", Credential.bearer(deadAppsToken), 40101, 40120),
        Attempt.of(
            "a token signed by another",
            Credential.bearer(Forged.good(app.keyName(), secret(foreign.key()))),
            40101));
  }

  /** Good credentials that grant everything but this, or this but elsewhere. */
  private List<Attempt> powerless(Route route) {
    String operation = String.valueOf(route.operation());
    if (operation.equals("any")) {
      return List.of();
    }
    List<Attempt> attempts = new ArrayList<>();
    boolean onAChannel = route.path().contains("{channel}") || Plane.of(route) == Plane.SUBSCRIBE;
    attempts.add(
        Attempt.of(
            "a key without " + operation, Credential.key(keyFor("*", without(route))), 40301));
    if (onAChannel) {
      attempts.add(
          Attempt.of(
              "a key for another channel", Credential.key(keyFor("elsewhere", operation)), 40301));
    }
    if (route.credentials().contains("clientToken")) {
      attempts.add(
          Attempt.of(
              "a token without " + operation,
              Credential.bearer(tokenFor("*", without(route))),
              40301));
      attempts.add(
          Attempt.of(
              "a token for another channel",
              Credential.bearer(tokenFor("elsewhere", operation)),
              40301));
      String narrow = keyFor("*", without(route));
      attempts.add(
          Attempt.of(
              "a token wider than its key",
              Credential.bearer(Forged.good(name(narrow), secret(narrow))),
              40301));
    }
    return attempts;
  }

  private static String without(Route route) {
    String all = route.credentials().contains("clientToken") ? ALL : ALL + ",admin";
    return String.join(
        ",", Stream.of(all.split(",")).filter(each -> !each.equals(route.operation())).toList());
  }

  private String keyFor(String pattern, String operations) {
    return control.key(app.id(), json(capabilities(pattern, operations)));
  }

  private String tokenFor(String pattern, String operations) {
    return app.token("ada", capabilities(pattern, operations));
  }

  private static String capabilities(String pattern, String operations) {
    return "{'" + pattern + "':['" + operations.replace(",", "','") + "']}";
  }

  private Credential member(Role role) {
    return Objects.requireNonNull(members.get(role));
  }

  private Credential member(String role) {
    return Credential.bearer(control.controlToken(app.tenantId(), role));
  }

  private JsonNode created(String path, @Nullable String body) {
    return control
        .rest()
        .post(path, body == null ? null : json(body.replace("%", "%%")))
        .expect(201)
        .json();
  }

  private static String unsigned(String keyName) {
    String[] parts = Forged.good(keyName, SECRET).split("\\.");
    String none = "{\"alg\":\"none\",\"kid\":\"" + keyName + "\"}";
    return Base64.getUrlEncoder().withoutPadding().encodeToString(none.getBytes(UTF_8))
        + "."
        + parts[1]
        + ".";
  }

  private static String name(String key) {
    return key.substring(0, key.indexOf(':'));
  }

  private static String keyId(String key) {
    return key.substring(key.indexOf('.') + 1, key.indexOf(':'));
  }

  private static String secret(String key) {
    return key.substring(key.indexOf(':') + 1);
  }
}
