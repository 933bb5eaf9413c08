package io.tidegate.e2e.client;

import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.TestApp;

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
          case SSE -> SseClient.open(app.target(), credential, channels);
          case POLL -> PollClient.open(app.target(), credential, channels);
        };
    client.frames().await("subscribed", channels.length);
    return client;
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
