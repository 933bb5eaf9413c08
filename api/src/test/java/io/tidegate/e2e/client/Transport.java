package io.tidegate.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Later;
import io.tidegate.e2e.rest.TestApp;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The three ways to subscribe. */
public enum Transport {
  WEBSOCKET,
  SSE,
  POLL;

  /** Returns when every channel is subscribed, from now on. */
  public Client open(TestApp app, String... channels) {
    return open(app, Credential.key(app.key()), channels);
  }

  public Client open(TestApp app, Credential credential, String... channels) {
    Client client =
        switch (this) {
          case WEBSOCKET ->
              subscribed(WebSocketClient.open(app.target(), credential), "", channels);
          case SSE -> begun(() -> SseClient.open(app.target(), credential, channels));
          case POLL -> begun(() -> PollClient.open(app.target(), credential, channels));
        };
    client.frames().await("subscribed", channels.length);
    return client;
  }

  /** One that got its first event, opened again while it is told to come back. */
  private static Client begun(Supplier<Client> opening) {
    Attempt attempt = Later.ask(() -> Attempt.of(opening), Attempt::code);
    if (attempt.refused() != null) {
      throw attempt.refused();
    }
    return Objects.requireNonNull(attempt.opened());
  }

  private record Attempt(@Nullable Client opened, @Nullable RefusedByGateway refused, int code) {
    static Attempt of(Supplier<Client> opening) {
      try {
        Client opened = opening.get();
        int code = firstEvent(opened).path("code").asInt();
        if (Later.isAdvised(code)) {
          opened.close();
        }
        return new Attempt(opened, null, code);
      } catch (RefusedByGateway refused) {
        return new Attempt(null, refused, refused.code());
      }
    }

    private static JsonNode firstEvent(Client client) {
      return client.frames().await("a first event", frame -> true);
    }
  }

  /** Begins in the past: a number of messages, or a time such as {@code 2m}. */
  public Client rewound(TestApp app, Credential credential, String rewind, String channel) {
    return switch (this) {
      case WEBSOCKET -> subscribed(WebSocketClient.open(app.target(), credential), rewind, channel);
      case SSE -> SseClient.rewound(app.target(), credential, rewind, channel);
      case POLL -> PollClient.rewound(app.target(), credential, rewind, channel);
    };
  }

  private static Client subscribed(WebSocketClient client, String rewind, String... channels) {
    for (String channel : channels) {
      String from = rewind.matches("[0-9]+") ? rewind : Json.quote(rewind);
      client.send(
          "{\"type\":\"subscribe\",\"channel\":%s%s}"
              .formatted(Json.quote(channel), rewind.isEmpty() ? "" : ",\"rewind\":" + from));
    }
    return client;
  }
}
