package io.tidegate.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Judge;
import io.tidegate.e2e.rest.Rest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Polls again and again, each time from where the answer before ended. */
public final class PollClient implements Client {
  private final Target target;
  private final Credential credential;
  private final String path;
  private final Frames frames = new Frames();
  private volatile @Nullable String since;
  private volatile Polling polling;

  private PollClient(Target target, Credential credential, String query) {
    this.target = target;
    this.credential = credential;
    this.path = credential.in("/v1/poll?" + query);
    this.polling = begin();
  }

  public static PollClient open(Target target, Credential credential, String... channels) {
    return new PollClient(target, credential, SseClient.query(channels));
  }

  /** From the past, {@code 10} or {@code 2m}. */
  public static PollClient rewound(
      Target target, Credential credential, String rewind, String... channels) {
    return new PollClient(target, credential, SseClient.query(channels) + "&rewind=" + rewind);
  }

  /** Told who is present. */
  public static PollClient withPresence(Target target, Credential credential, String... channels) {
    return new PollClient(target, credential, SseClient.query(channels) + "&presence=true");
  }

  @Override
  public Frames frames() {
    return frames;
  }

  @Override
  public boolean isOpen() {
    return !polling.over;
  }

  @Override
  public void cut() {
    polling.cut();
  }

  @Override
  public void reconnect() {
    polling = begin();
  }

  @Override
  public void close() {
    polling.cut();
  }

  /** The first answer is awaited, so that a refusal is the caller's. */
  private Polling begin() {
    Polling begun = new Polling();
    if (since == null) {
      begun.once();
    }
    Thread.ofVirtual().start(begun);
    return begun;
  }

  /** One run of polls, each in a request of its own. */
  private final class Polling implements Runnable {
    private volatile boolean over;
    private volatile @Nullable CompletableFuture<?> waiting;

    synchronized void cut() {
      over = true;
      CompletableFuture<?> request = waiting;
      if (request != null) {
        request.cancel(true);
      }
    }

    @Override
    public void run() {
      try {
        while (!over) {
          once();
        }
      } catch (RuntimeException cutOrRefused) {
        over = true;
      }
    }

    void once() {
      String from = since;
      String asked = from == null ? path : path + "&since=" + Rest.encode(from);
      HttpRequest.Builder request = HttpRequest.newBuilder(target.uri(asked));
      credential.addTo(request);
      CompletableFuture<HttpResponse<String>> answer =
          Rest.http().sendAsync(request.build(), BodyHandlers.ofString());
      waiting = answer;
      HttpResponse<String> response = answer.join();
      Judge.exchange(response, null);
      if (response.statusCode() != 200) {
        throw new RefusedByGateway(
            new Answer(response.statusCode(), response.headers(), response.body()));
      }
      take(response.body());
    }

    /** Never after a cut: the next run asks from where the last taken answer ended. */
    private synchronized void take(String body) {
      if (over) {
        return;
      }
      JsonNode result = Json.read(body);
      since = result.path("since").asText();
      for (JsonNode event : result.path("events")) {
        Judge.event(Frames.type(event), event.toString());
        frames.add(event.toString());
      }
    }
  }
}
