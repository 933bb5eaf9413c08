package io.tidegate.e2e.client;

import io.tidegate.contract.Exchange;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Judge;
import io.tidegate.e2e.rest.Rest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event stream as WHATWG HTML, section 9.2.6, has it; reopens the same address with {@code
 * Last-Event-ID}, as a browser does. Every event is judged.
 */
public final class SseClient implements Client {
  private static final long PATIENCE_SECONDS = 60;

  private final Target target;
  private final Credential credential;
  private final String path;
  private final Frames frames = new Frames();
  private volatile @Nullable String firstEventId;
  private volatile @Nullable String lastEventId;
  private volatile Stream stream;

  private SseClient(Target target, Credential credential, String query) {
    this.target = target;
    this.credential = credential;
    this.path = credential.in("/v1/sse?" + query);
    this.stream = open();
  }

  /** Opens a stream of these channels. */
  public static SseClient open(Target target, Credential credential, String... channels) {
    return new SseClient(target, credential, query(channels));
  }

  /** The same from the past, {@code 10} or {@code 2m}. */
  public static SseClient rewound(
      Target target, Credential credential, String rewind, String... channels) {
    return new SseClient(target, credential, query(channels) + "&rewind=" + rewind);
  }

  /** The same, told who is present. */
  public static SseClient withPresence(Target target, Credential credential, String... channels) {
    return new SseClient(target, credential, query(channels) + "&presence=true");
  }

  /** Goes on behind an event, with these options in the address besides, or none. */
  public static SseClient behind(
      String eventId, Target target, Credential credential, String options, String... channels) {
    String since = "&lastEventId=" + Rest.encode(eventId);
    String more = options.isEmpty() ? "" : "&" + options;
    return new SseClient(target, credential, query(channels) + since + more);
  }

  static String query(String... channels) {
    List<String> parameters = new ArrayList<>();
    for (String channel : channels) {
      parameters.add("channel=" + Rest.encode(channel));
    }
    return String.join("&", parameters);
  }

  @Override
  public Frames frames() {
    return frames;
  }

  @Override
  public boolean isOpen() {
    return !stream.ended.isDone();
  }

  public @Nullable String lastEventId() {
    return lastEventId;
  }

  /** Of the first event that had one. */
  public String firstEventId() {
    frames.await("subscribed");
    return Objects.requireNonNull(firstEventId);
  }

  /** What the server last said a client should wait before it reconnects. */
  public long retryMillis() {
    return stream.retryMillis;
  }

  /** Waits until the server has ended the stream. */
  public void awaitEnd() {
    try {
      stream.ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the stream has not ended; it got " + frames, e);
    }
  }

  @Override
  public void cut() {
    stream.cut();
  }

  @Override
  public void reconnect() {
    stream = open();
  }

  @Override
  public void close() {
    stream.cut();
  }

  private Stream open() {
    URI uri = target.uri(path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
    credential.addTo(request);
    String last = lastEventId;
    if (last != null) {
      request.header("Last-Event-ID", last);
    }
    try {
      HttpResponse<InputStream> response =
          Rest.http().send(request.build(), BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new RefusedByGateway(judged(response));
      }
      judge(response, "");
      Stream opened = new Stream(response.body());
      Thread.ofVirtual().start(opened);
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Answer judged(HttpResponse<InputStream> response) throws IOException {
    String body = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    judge(response, body);
    return new Answer(response.statusCode(), response.headers(), body);
  }

  private void judge(HttpResponse<InputStream> response, String body) {
    Judge.exchange(
        new Exchange(
            "GET",
            path,
            response.request().headers().map(),
            null,
            response.statusCode(),
            response.headers().map(),
            body));
  }

  /** One stream, read by a thread of its own. */
  private final class Stream implements Runnable {
    private final InputStream body;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private volatile boolean cut;
    private volatile long retryMillis = -1;
    private String type = "";
    private @Nullable String id;
    private @Nullable String data;

    Stream(InputStream body) {
      this.body = body;
    }

    void cut() {
      synchronized (this) {
        cut = true;
      }
      try {
        body.close();
      } catch (IOException gone) {
        // It is cut.
      }
      ended.complete(true);
    }

    @Override
    public void run() {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null && !cut; line = lines.readLine()) {
          take(line);
        }
      } catch (IOException broken) {
        // The line broke, or was cut.
      } finally {
        ended.complete(true);
      }
    }

    private void take(String line) {
      int colon = line.indexOf(':');
      if (line.isEmpty()) {
        dispatch();
      } else if (colon != 0) {
        String field = colon < 0 ? line : line.substring(0, colon);
        String rest = colon < 0 ? "" : line.substring(colon + 1);
        field(field, rest.startsWith(" ") ? rest.substring(1) : rest);
      }
    }

    private void field(String field, String value) {
      switch (field) {
        case "event" -> type = value;
        case "data" -> data = data == null ? value : data + "\n" + value;
        case "id" -> id = value;
        case "retry" -> retryMillis = Long.parseLong(value);
        default -> throw new AssertionError("no such field: " + field);
      }
    }

    /** Never after a cut: the next stream begins at the id of the last event taken. */
    private synchronized void dispatch() {
      if (cut) {
        return;
      }
      if (id != null) {
        firstEventId = firstEventId == null ? id : firstEventId;
        lastEventId = id;
      }
      if (data != null) {
        Judge.event(type, data);
        frames.add(data);
      }
      type = "";
      id = null;
      data = null;
    }
  }
}
