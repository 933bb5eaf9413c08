package io.tidegate.e2e.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.rest.Json;
import io.tidegate.webhook.send.Receiver;
import io.tidegate.webhook.send.Receiver.Answer;
import io.tidegate.webhook.send.Receiver.Request;
import io.tidegate.webhook.send.SigningSecret;
import io.tidegate.webhook.send.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** A tenant's server: which events it has taken, and what it says to each call. */
final class Backend implements AutoCloseable {
  static final Answer TAKEN = Answer.status(204);
  static final Answer AWAY = Answer.status(503);

  private final Receiver receiver;

  /** In the order in which it took them. Guarded by itself. */
  private final List<JsonNode> taken = new ArrayList<>();

  private Backend(Function<Request, Answer> says) {
    receiver =
        Receiver.start(
            (request, out) -> {
              Answer answer = says.apply(request);
              if (answer == TAKEN) {
                take(request);
              }
              answer.to(request, out);
            });
  }

  static Backend saying(Function<Request, Answer> says) {
    return new Backend(says);
  }

  static Backend thatTakesAll() {
    return saying(request -> TAKEN);
  }

  /** What comes once more at once, since its answer was lost or late, is not another one. */
  private void take(Request request) {
    JsonNode body = Json.read(request.body());
    List<JsonNode> events = new ArrayList<>();
    (body.isArray() ? body : List.of(body)).forEach(events::add);
    synchronized (taken) {
      int from = taken.size() - events.size();
      if (from < 0 || !taken.subList(from, taken.size()).equals(events)) {
        taken.addAll(events);
      }
    }
  }

  String url() {
    return "http://127.0.0.1:" + receiver.port() + "/hook";
  }

  int port() {
    return receiver.port();
  }

  List<Request> calls() {
    return receiver.requests();
  }

  int connections() {
    return receiver.connections();
  }

  List<JsonNode> taken() {
    synchronized (taken) {
      return List.copyOf(taken);
    }
  }

  /** The numbers that were emitted, in the order in which they were taken. */
  List<Integer> numbers() {
    return taken().stream().map(event -> event.path("data").path("n").asInt()).toList();
  }

  static boolean isGenuine(Request call, String secret) {
    return Verification.isGenuine(
        Objects.requireNonNullElse(call.header("Tidegate-Signature"), ""),
        call.body().getBytes(StandardCharsets.UTF_8),
        new SigningSecret(secret),
        Instant.now());
  }

  @Override
  public void close() {
    receiver.close();
  }
}
