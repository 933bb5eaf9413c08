package io.tidegate.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tidegate.faults.history.Event.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a unit gets to a node: by a request, or on a socket. */
interface PublishWay {
  /** One attempt; waits for what becomes of it. */
  Answer publish(Tenant tenant, int node, String channel, List<String> ids, List<String> data)
      throws InterruptedException;

  /**
   * How a publish was answered.
   *
   * @param what for the record
   * @param seqs one for each id; empty unless acknowledged
   * @param odd whether no gateway should answer so
   */
  record Answer(
      Outcome outcome, String what, @Nullable String epoch, List<Long> seqs, boolean odd) {
    private static final int OUTCOME_UNKNOWN = 504;
    private static final int INTERNAL = 500;

    static final Answer NOT_CONNECTED =
        new Answer(Outcome.REFUSED, "not connected", null, List.of(), false);

    /** With the positions of a body or frame. */
    static Answer acknowledged(JsonNode body) {
      List<Long> seqs = new ArrayList<>();
      body.path("messages").forEach(one -> seqs.add(one.path("seq").asLong()));
      return new Answer(Outcome.ACKNOWLEDGED, "", body.path("epoch").asText(), seqs, false);
    }

    /**
     * @param code of docs/errors.md
     */
    static Answer refused(int code, String detail) {
      int status = code / 100;
      boolean unknown = status == OUTCOME_UNKNOWN || status == INTERNAL;
      return new Answer(
          unknown ? Outcome.UNKNOWN : Outcome.REFUSED,
          code + " " + detail,
          null,
          List.of(),
          !Expected.isStatus(status));
    }

    /** It was sent, and nobody has said anything. */
    static Answer unknown(String what) {
      return new Answer(Outcome.UNKNOWN, what, null, List.of(), false);
    }
  }

  /** One unit, as both ways have it. */
  static ArrayNode messages(List<String> ids, List<String> data) {
    ArrayNode all = Rest.JSON.createArrayNode();
    for (int i = 0; i < ids.size(); i++) {
      all.addObject().put("id", ids.get(i)).put("data", data.get(i));
    }
    return all;
  }
}
