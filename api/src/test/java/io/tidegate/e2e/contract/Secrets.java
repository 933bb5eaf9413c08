package io.tidegate.e2e.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.contract.Line.Heard;
import io.tidegate.e2e.rest.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What no answer may hold but the one that the contract names, and the same one again. */
final class Secrets {
  /** Operation to the field that holds the secret: "this answer is the only one". */
  private static final Map<String, String> ONLY_HERE =
      Map.ofEntries(
          Map.entry("createKey", "key"),
          Map.entry("createHook", "secret"),
          Map.entry("rotateHookSecret", "secret"),
          Map.entry("createWebhook", "secret"),
          Map.entry("rotateWebhookSecret", "secret"),
          Map.entry("createControlToken", "token"),
          Map.entry("createToken", "token"),
          Map.entry("createTicket", "ticket"),
          Map.entry("createAppToken", "token"),
          Map.entry("inviteMember", "invitationUrl"),
          Map.entry("inviteOperator", "invitationUrl"),
          Map.entry("renewInvitation", "invitationUrl"));

  /**
   * Enough for an answer that tells another request's secret; each is looked for in each answer.
   */
  private static final int MAX_LEARNED = 150;

  private final Set<String> planted = new HashSet<>();
  private final Deque<String> learned = new ArrayDeque<>();

  void plant(String... secrets) {
    planted.addAll(List.of(secrets));
  }

  /** How many are looked for. */
  int count() {
    return planted.size() + learned.size();
  }

  /** Faults of this answer; and it is remembered what it told. */
  List<String> check(Sent sent, Heard heard) {
    String field = ONLY_HERE.get(sent.plan().route().operationId());
    String own = "";
    if (field != null && heard.status() / 100 == 2) {
      JsonNode body = Json.read(heard.body());
      own = secretOf(body.path(field).asText());
    }
    String told = heard.headers() + heard.body();
    for (Iterable<String> secrets : List.of(planted, learned)) {
      for (String secret : secrets) {
        if (!secret.equals(own) && told.contains(secret)) {
          return List.of("the answer tells a secret: " + secret);
        }
      }
    }
    if (!own.isEmpty()) {
      learned.add(own);
      if (learned.size() > MAX_LEARNED) {
        learned.removeFirst();
      }
    }
    return List.of();
  }

  /** Of a key what stands behind the colon: its name is none. */
  static String secretOf(String told) {
    return told.substring(told.indexOf(':') + 1);
  }
}
