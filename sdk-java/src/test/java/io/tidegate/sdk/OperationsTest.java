package io.tidegate.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.sdk.control.Control;
import io.tidegate.sdk.control.ExplainRequest;
import io.tidegate.sdk.control.RefusalQuery;
import io.tidegate.sdk.control.ReplayRequest;
import io.tidegate.sdk.control.UsageQuery;
import io.tidegate.sdk.gateway.Inbox;
import io.tidegate.sdk.gateway.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Each operation of the contract has a method here that asks for it, or a reason why it has none.
 */
class OperationsTest {
  private static final Path CONTRACT = Path.of("../openapi/openapi.yaml");

  /** Of people in a browser, who come with a cookie, and invite each other there. */
  private static final List<String> PEOPLE =
      List.of(
          "signIn",
          "getSession",
          "updateSession",
          "signOut",
          "setPassword",
          "beginSecondFactor",
          "confirmSecondFactor",
          "removeSecondFactor",
          "createAppToken",
          "listSessions",
          "endSession",
          "openInvitation",
          "acceptInvitation",
          "inviteMember",
          "listMembers",
          "updateMember",
          "removeMember",
          "renewInvitation",
          "inviteOperator",
          "listOperators",
          "removeOperator",
          "listInstallationEvents");

  /** Of the moment, for pages that draw it; connections and usage are listed. */
  private static final List<String> PAGES =
      List.of("getAppFigures", "getTenantFigures", "getConnection", "listSubscribers");

  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "openEvents", "a WebSocket for consoles, which are pages; audit events are listed",
          "openEventStream", "for pages whose way lets no WebSocket through; this SDK opens those",
          "poll", "the same",
          "getOpenApi", "the contract this SDK is written from",
          "getAsyncApi", "the same",
          "getLiveness", "for who runs the process, at its own port",
          "getReadiness", "the same",
          "getMetrics", "for Prometheus");

  private static final Map<String, Object> FIELDS = Map.of("name", "n");

  private static final Map<String, Consumer<Control>> CONTROL = control();

  private static final Map<String, Consumer<Tidegate>> CLIENT = client();

  private static Map<String, Consumer<Control>> control() {
    Map<String, Consumer<Control>> calls = new LinkedHashMap<>();
    calls.put("createTenant", c -> c.tenants().create(FIELDS));
    calls.put("listTenants", c -> c.tenants().list().page());
    calls.put("getTenant", c -> c.tenants().get("t"));
    calls.put("updateTenant", c -> c.tenants().update("t", FIELDS));
    calls.put("deleteTenant", c -> c.tenants().delete("t"));
    calls.put("createApp", c -> c.apps("t").create(FIELDS));
    calls.put("listApps", c -> c.apps("t").list().page());
    calls.put("getApp", c -> c.apps("t").get("a"));
    calls.put("updateApp", c -> c.apps("t").update("a", FIELDS));
    calls.put("deleteApp", c -> c.apps("t").delete("a"));
    calls.put("createKey", c -> c.keys("a").create(FIELDS));
    calls.put("listKeys", c -> c.keys("a").list().page());
    calls.put("getKey", c -> c.keys("a").get("k"));
    calls.put("updateKey", c -> c.keys("a").update("k", FIELDS));
    calls.put("revokeKey", c -> c.keys("a").delete("k"));
    calls.put("listNamespaces", c -> c.namespaces("a").list().page());
    calls.put("getNamespace", c -> c.namespaces("a").get("n"));
    calls.put("putNamespace", c -> c.namespaces("a").put("n", FIELDS));
    calls.put("deleteNamespace", c -> c.namespaces("a").delete("n"));
    calls.put("createHook", c -> c.hooks("a").create(FIELDS));
    calls.put("listHooks", c -> c.hooks("a").list().page());
    calls.put("getHook", c -> c.hooks("a").get("h"));
    calls.put("updateHook", c -> c.hooks("a").update("h", FIELDS));
    calls.put("deleteHook", c -> c.hooks("a").delete("h"));
    calls.put("rotateHookSecret", c -> c.hooks("a").rotateSecret("h", 1));
    calls.put("getHookCalls", c -> c.hookCalls("a", "h"));
    calls.put("createWebhook", c -> c.webhooks("a").create(FIELDS));
    calls.put("listWebhooks", c -> c.webhooks("a").list().page());
    calls.put("getWebhook", c -> c.webhooks("a").get("w"));
    calls.put("updateWebhook", c -> c.webhooks("a").update("w", FIELDS));
    calls.put("deleteWebhook", c -> c.webhooks("a").delete("w"));
    calls.put("rotateWebhookSecret", c -> c.webhooks("a").rotateSecret("w", 1));
    calls.put("listDeliveries", c -> c.deliveries("a", "w").list("dead").page());
    calls.put("getDelivery", c -> c.deliveries("a", "w").get("d"));
    calls.put("replayDelivery", c -> c.deliveries("a", "w").replay("d"));
    calls.put("replayDeliveries", c -> c.deliveries("a", "w").replay(ReplayRequest.dead()));
    calls.put("listRefusals", c -> c.refusals("a", RefusalQuery.ofClient("ada")).page());
    calls.put(
        "explain", c -> c.explain("a", ExplainRequest.ofCredential("key", "publish", "chat:1")));
    calls.put("createControlToken", c -> c.controlTokens("t").create(FIELDS));
    calls.put("listControlTokens", c -> c.controlTokens("t").list().page());
    calls.put("deleteControlToken", c -> c.controlTokens("t").delete("c"));
    calls.put("listAuditEvents", c -> c.auditEvents("t").page());
    calls.put("readUsage", c -> c.usage("t", UsageQuery.by("hour")).page());
    calls.put("getMe", Control::me);
    calls.put("listNodes", c -> c.nodes().page());
    return calls;
  }

  private static Map<String, Consumer<Tidegate>> client() {
    Map<String, Consumer<Tidegate>> calls = new LinkedHashMap<>();
    calls.put("publish", t -> t.channel("chat:1").publish("n", 1));
    calls.put("getHistory", t -> t.channel("chat:1").history().page());
    calls.put("getPresence", t -> t.channel("chat:1").presence().get().page());
    calls.put(
        "publishBatch", t -> t.publish(List.of(BatchItem.of("chat:1", OutgoingMessage.of(1)))));
    calls.put("listChannels", t -> t.channels("chat:").page());
    calls.put("getChannel", t -> t.channel("chat:1").state());
    calls.put("deleteChannel", t -> t.channel("chat:1").deleteMessages());
    calls.put("createToken", t -> t.tokens().issue(TokenRequest.forClient("ada")));
    calls.put("revokeTokens", t -> t.tokens().revoke(Revocation.ofToken("id")));
    calls.put("createTicket", t -> t.tokens().ticket("chat:1"));
    calls.put("listConnections", t -> t.connections().list().page());
    calls.put("closeConnection", t -> t.connections().close("c"));
    calls.put("disconnectClient", t -> t.connections().disconnect("ada"));
    calls.put("openWebSocket", t -> t.connection().connect());
    return calls;
  }

  @Test
  void eachOperationHasAMethodOrAReason() throws IOException {
    Set<String> known = new TreeSet<>(LEFT_OUT.keySet());
    known.addAll(PEOPLE);
    known.addAll(PAGES);
    known.addAll(CONTROL.keySet());
    known.addAll(CLIENT.keySet());
    assertThat(known).isEqualTo(new TreeSet<>(operations().keySet()));
    assertThat(known)
        .hasSize(LEFT_OUT.size() + PEOPLE.size() + PAGES.size() + CONTROL.size() + CLIENT.size());
  }

  @Test
  void eachMethodAsksForItsOperation() throws IOException {
    Map<String, Pattern> operations = operations();
    for (String id : CONTROL.keySet()) {
      try (ScriptedServer server = new ScriptedServer().answer(200, "", "{}");
          Control control = Control.of(server.url(), "tgo_x")) {
        ask(CONTROL.get(id), control);
        assertAsked(id, operations, server);
      }
    }
    for (String id : CLIENT.keySet()) {
      try (ScriptedServer server = new ScriptedServer().answer(200, "", "{}");
          Tidegate client = Tidegate.builder().url(server.url()).key("a.k:secret").build()) {
        ask(CLIENT.get(id), client);
        assertAsked(id, operations, server);
      }
    }
  }

  private static <T> void ask(Consumer<T> call, T with) {
    try {
      call.accept(with);
    } catch (TidegateException e) {
      // What the server says is no answer; what it was asked is looked at.
    }
  }

  private static void assertAsked(
      String id, Map<String, Pattern> operations, ScriptedServer server) {
    Awaitility.await().atMost(Inbox.PATIENCE).until(() -> !server.requests().isEmpty());
    assertThat(server.requests().get(0).head()).as(id).matches(operations.get(id));
  }

  /** Of each operationId what a request for it begins with. */
  private static Map<String, Pattern> operations() throws IOException {
    Pattern line =
        Pattern.compile(
            "  (?<path>/\\S*):|    (?<method>get|put|post|patch|delete):|      operationId: (?<id>\\w+)");
    Map<String, Pattern> operations = new LinkedHashMap<>();
    List<String> ids = new ArrayList<>();
    String path = "";
    String method = "";
    for (String text : Files.readAllLines(CONTRACT)) {
      Matcher found = line.matcher(text);
      if (!found.matches()) {
        continue;
      }
      if (found.group("path") != null) {
        path = found.group("path").replaceAll("\\{\\w+}", "[^/?]+");
      } else if (found.group("method") != null) {
        method = found.group("method").toUpperCase(java.util.Locale.ROOT);
      } else {
        ids.add(found.group("id"));
        operations.put(
            found.group("id"), Pattern.compile("(?s)" + method + " " + path + "(\\?\\S*)? HTTP.*"));
      }
    }
    assertThat(ids)
        .as("what is read of the contract")
        .hasSizeGreaterThan(60)
        .doesNotHaveDuplicates();
    return operations;
  }
}
