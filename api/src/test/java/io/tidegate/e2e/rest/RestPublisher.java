package io.tidegate.e2e.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.rest.Outcome.Acked;
import io.tidegate.e2e.rest.Outcome.Placed;
import io.tidegate.e2e.rest.Outcome.Refused;
import io.tidegate.e2e.rest.Outcome.Unknown;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Publishes over REST and says what became of it. */
public final class RestPublisher {
  private static final int OUTCOME_UNKNOWN = 50400;
  private static final int INTERNAL = 50000;

  private final Rest rest;

  RestPublisher(Rest rest) {
    this.rest = rest;
  }

  /**
   * @param body one message or an array of them, as JSON
   */
  public Outcome publish(String channel, String body) {
    String path = "/v1/channels/" + Rest.encode(channel) + "/messages";
    try {
      return outcome(rest.trySend("POST", path, body));
    } catch (ConnectException | HttpConnectTimeoutException neverSent) {
      return new Refused(0, 0);
    } catch (IOException e) {
      return new Unknown(e.toString());
    }
  }

  /** Publishes one message and returns where it is. */
  public Placed message(String channel, String body) {
    return accepted(channel, body).messages().getFirst();
  }

  /** Publishes {@code count} messages with data 1, 2, 3 ..., in units of up to 100. */
  public void numbers(String channel, int count) {
    for (int from = 1; from <= count; from += 100) {
      List<String> unit = new ArrayList<>();
      for (int n = from; n <= Math.min(count, from + 99); n++) {
        unit.add("{\"data\":" + n + "}");
      }
      accepted(channel, "[" + String.join(",", unit) + "]");
    }
  }

  /** Publishes and insists on it, again while it is told to come back. */
  public Acked accepted(String channel, String body) {
    return acked(channel, Later.ask(() -> publish(channel, body), RestPublisher::code));
  }

  /** The same at the first try: where a refusal, be it for a moment, is a fault. */
  public Acked acceptedAtOnce(String channel, String body) {
    return acked(channel, publish(channel, body));
  }

  private static int code(Outcome outcome) {
    return outcome instanceof Refused refused ? refused.code() : 0;
  }

  private static Acked acked(String channel, Outcome outcome) {
    if (outcome instanceof Acked acked) {
      return acked;
    }
    throw new AssertionError("publishing to " + channel + " gave " + outcome);
  }

  private static Outcome outcome(Answer answer) {
    if (answer.status() == 201) {
      JsonNode json = answer.json();
      List<Placed> placed = new ArrayList<>();
      json.path("messages")
          .forEach(
              one -> placed.add(new Placed(one.path("id").asText(), one.path("seq").asLong())));
      return new Acked(json.path("epoch").asText(), placed);
    }
    int code = answer.code();
    // A fault of the gateway says nothing about what it had done by then.
    return code == OUTCOME_UNKNOWN || code == INTERNAL
        ? new Unknown(Integer.toString(code))
        : new Refused(code, answer.json().path("retryAfterMs").asLong());
  }
}
