package io.tidegate.e2e.contract;

import static io.tidegate.e2e.rest.Json.json;

import com.sun.net.httpserver.HttpServer;
import io.tidegate.TestContext;
import io.tidegate.TestGateway;
import io.tidegate.auth.ConsoleTokens;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.contract.Route;
import io.tidegate.e2e.access.Forged;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.tenant.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A gateway with tenants, credentials of every kind, and a webhook that has been delivered to. */
final class World implements AutoCloseable {
  private static final String WRONG = "Zx9CanaryQ4rT7uWvY2bNmKpLs8dFgHjXc";
  private static final List<String> GARBLED =
      List.of(
          "Bearer",
          "Bearer a.b.c",
          "Bearer " + "x".repeat(7_000),
          "Basic %%%",
          "Basic bm9jb2xvbg==",
          "Digest x",
          "",
          "Bearer eyJhbGciOiJub25lIn0.e30.");

  private final TestGateway gateway =
      TestGateway.start("contract_run", Map.of("TIDEGATE_WEBHOOK_ALLOW", "127.0.0.1"));
  private final HttpServer backend = backend();
  private final Target target = Door.of(gateway);

  /** Whose control tokens and id are used; what is in it comes and goes. */
  private final TestApp steady = TestApp.create(target, "Steady");

  /** Whose key and tokens are used on the data plane. */
  private final TestApp data = withUnknownKey(TestApp.create(target, "Data"));

  private final TestApp foreign = TestApp.create(target, "Foreign");
  private final String owner = steady.control().controlToken(steady.tenantId(), "owner");
  private final String viewer = steady.control().controlToken(steady.tenantId(), "viewer");
  private final String foreignOwner = foreign.control().controlToken(foreign.tenantId(), "owner");
  private final String weakKey = data.control().key(data.id(), json("{'nothing':['subscribe']}"));
  private final String weakToken = data.token("weak", "{'nothing':['subscribe']}");
  private final String foreignToken = foreign.token("ada", "{'*':['publish','subscribe']}");
  private final People people = new People(gateway::bean, gateway.database());
  private final Things things;
  private final Secrets secrets = new Secrets();
  private String token = freshToken();

  World(List<Route> routes) {
    things = new Things(routes, Rest.operator(target));
    things.keep(steady.tenantId(), data.tenantId(), foreign.tenantId());
    things.keep(steady.id(), data.id(), foreign.id());
    data.namespace("kept", "{'pattern':'kept:*','durability':'durable'}");
    data.namespace("open", "{'pattern':'chat:*','public':true}");
    deliver();
    secrets.plant(
        TestContext.OPERATOR_TOKEN,
        TestContext.MASTER_KEY,
        TestPostgres.server().password(),
        owner,
        viewer,
        foreignOwner,
        weakToken,
        foreignToken,
        Secrets.secretOf(steady.key()),
        Secrets.secretOf(data.key()),
        Secrets.secretOf(foreign.key()),
        Secrets.secretOf(weakKey));
  }

  /** Made-up requests revoke the tokens of keys with ids that are easily made up. */
  private static TestApp withUnknownKey(TestApp app) {
    TestApp other = app;
    while (other.keyId().length() < 2 || other.keyId().compareTo("k5") < 0) {
      other = app.withKey(app.control().key(app.id(), TestApp.EVERYTHING));
    }
    return other;
  }

  private static HttpServer backend() {
    try {
      InetAddress loopback = InetAddress.getByName("127.0.0.1");
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
      server.createContext(
          "/",
          call -> {
            call.sendResponseHeaders(204, -1);
            call.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A webhook of an app of its own, and what was delivered to it: it can be asked for again. */
  private void deliver() {
    TestApp told = TestApp.create(target, "Told");
    things.keep(told.tenantId(), told.id());
    Rest operator = told.control().rest();
    var hook =
        operator
            .post(
                "/v1/apps/" + told.id() + "/webhooks",
                json(
                    "{'name':'told','events':['message.published'],'url':'http://127.0.0.1:%d/'}",
                    backend.getAddress().getPort()))
            .expect(201)
            .json();
    secrets.plant(hook.path("secret").asText());
    String deliveries = "/v1/apps/" + told.id() + "/webhooks/" + hook.path("id").asText();
    Awaitility.await()
        .atMost(Duration.ofMinutes(5))
        .until(
            () -> {
              told.publisher().accepted("a", json("{'data':1}"));
              var delivered =
                  operator.get(deliveries + "/deliveries?state=delivered").expect(200).json();
              delivered
                  .path("items")
                  .forEach(
                      item ->
                          things.add(
                              ordered(
                                  "appId", told.id(),
                                  "webhookId", hook.path("id").asText(),
                                  "deliveryId", item.path("id").asText())));
              return !delivered.path("items").isEmpty();
            });
  }

  private static Map<String, String> ordered(String... namesAndValues) {
    Map<String, String> ordered = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      ordered.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return ordered;
  }

  Things things() {
    return things;
  }

  Secrets secrets() {
    return secrets;
  }

  int port(Route route) {
    return route.management() ? gateway.gateway().managementPort() : target.port();
  }

  /** One that nobody revokes, since nobody knows its client. */
  private String freshToken() {
    String client = "steady-" + System.nanoTime();
    return data.token(client, "{'*':['publish','subscribe','presence','history']}");
  }

  /** Made-up requests revoke tokens. */
  void refresh() {
    token = freshToken();
    secrets.plant(token);
  }

  /** The tenant that {@link #credential} of a control token is of. */
  Map<String, String> own(List<String> names) {
    return names.equals(List.of("tenantId"))
        ? Map.of("tenantId", steady.tenantId())
        : Map.of("appId", steady.id());
  }

  People people() {
    return people;
  }

  /** The body with what is good once, and now, in place of what stands for it in examples. */
  String fitted(Route route, String body, People.Person who) {
    return people.fitted(route, body, who, steady.tenantId(), steady.id());
  }

  /**
   * @param who whose session it is, where it is a right one
   */
  Credential credential(String scheme, Plan.Caller caller, int pick, People.Person who) {
    if (scheme.equals("session")) {
      return switch (caller) {
        case RIGHT -> who.credential();
        case WEAK, FOREIGN -> people.nobody().credential();
        case EXPIRED -> expired();
        case WRONG -> Credential.session("tgs_" + WRONG);
        case GARBLED -> new Credential(GARBLED.get(pick % GARBLED.size()), null);
        case NOBODY -> Credential.NONE;
      };
    }
    boolean control = scheme.equals("operatorToken") || scheme.equals("controlToken");
    return switch (caller) {
      case RIGHT -> right(scheme);
      case WEAK ->
          control
              ? Credential.bearer(viewer)
              : scheme.equals("key") ? Credential.key(weakKey) : Credential.bearer(weakToken);
      case FOREIGN ->
          control
              ? Credential.bearer(foreignOwner)
              : scheme.equals("key")
                  ? Credential.key(foreign.key())
                  : Credential.bearer(foreignToken);
      case EXPIRED -> expired();
      case WRONG -> wrong(scheme, control);
      case GARBLED -> new Credential(GARBLED.get(pick % GARBLED.size()), null);
      case NOBODY -> Credential.NONE;
    };
  }

  private Credential right(String scheme) {
    return switch (scheme) {
      case "operatorToken" -> Credential.bearer(TestContext.OPERATOR_TOKEN);
      case "controlToken" -> Credential.bearer(owner);
      case "key" -> Credential.key(data.key());
      case "clientToken" -> Credential.bearer(token);
      case "consoleToken" -> Credential.bearer(console());
      case "ticket" -> Credential.ticket(data.ticket(token));
      case "keyName" -> Credential.keyName(data.keyName());
      case "none" -> Credential.NONE;
      default -> throw new IllegalStateException(scheme);
    };
  }

  /** Of a person who may do everything in the app. */
  private String console() {
    String minted =
        gateway
            .bean(ConsoleTokens.class)
            .mint(
                new AppId(data.id()),
                new TenantId(UUID.fromString(data.tenantId())),
                Role.ADMIN,
                "0197f3c2-6b1e-7c3a-9d52-3f1f8a2b4c5d")
            .token();
    secrets.plant(minted);
    return minted;
  }

  private Credential expired() {
    return Credential.bearer(Forged.expired(data.keyName(), Secrets.secretOf(data.key())));
  }

  private Credential wrong(String scheme, boolean control) {
    if (control) {
      return Credential.bearer("tgc_" + WRONG);
    }
    return scheme.equals("ticket")
        ? Credential.ticket(WRONG)
        : Credential.key(data.keyName() + ":" + WRONG);
  }

  @Override
  public void close() {
    gateway.close();
    backend.stop(0);
  }
}
