package io.tidegate.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.faults.history.Event;
import io.tidegate.faults.history.Journal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads what one node has of a channel, page by page. */
final class Stock {
  private static final int PAGE = 1_000;
  private static final String MEMBERS =
      "/v1/channels/" + Rest.encoded(Tenant.ROOM) + "/presence?limit=" + PAGE;

  private final Rest rest;
  private final Journal journal;

  Stock(Rest rest, Journal journal) {
    this.rest = rest;
    this.journal = journal;
  }

  void take(Tenant tenant, int node, String channel) throws IOException, InterruptedException {
    String path = "/v1/channels/" + Rest.encoded(channel);
    JsonNode head = rest.getPatiently(tenant, node, path);
    journal.add(
        new Event.Head(
            journal.now(),
            tenant.letter(),
            channel,
            node,
            head.path("epoch").asText(),
            head.path("seq").asLong()));
    String next = path + "/messages?direction=forward&limit=" + PAGE;
    String first = next;
    while (!next.isEmpty()) {
      JsonNode page = rest.getPatiently(tenant, node, next);
      String epoch = page.path("epoch").asText();
      for (JsonNode item : page.path("items")) {
        journal.add(
            new Event.Kept(
                journal.now(),
                tenant.letter(),
                channel,
                node,
                item.hasNonNull("epoch") ? item.path("epoch").asText() : epoch,
                item.path("seq").asLong(),
                item.path("id").asText(),
                item.path("data").asText()));
      }
      String cursor = page.path("next").isNull() ? "" : page.path("next").asText();
      next = cursor.isEmpty() ? "" : first + "&cursor=" + Rest.encoded(cursor);
    }
  }

  void members(Tenant tenant, int node) throws IOException, InterruptedException {
    List<String> members = read(rest.getPatiently(tenant, node, MEMBERS));
    journal.add(new Event.Listed(journal.now(), tenant.letter(), Tenant.ROOM, node, members));
  }

  /** As one node has them now. */
  static List<String> members(Rest rest, Tenant tenant, int node)
      throws IOException, InterruptedException {
    return read(rest.get(tenant, node, MEMBERS));
  }

  private static List<String> read(JsonNode page) {
    List<String> members = new ArrayList<>();
    page.path("items")
        .forEach(
            one ->
                members.add(
                    one.path("clientId").asText() + "/" + one.path("connectionId").asText()));
    return members;
  }
}
