package io.tidegate.e2e.client;

import static io.tidegate.e2e.rest.Json.quote;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.contract.Exchange;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Judge;
import io.tidegate.e2e.rest.Later;
import io.tidegate.e2e.rest.Rest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket client of the native protocol; every frame of both sides is judged. What it
 * subscribes to it asks for again when it is told to come back, as a client library does.
 */
public final class WebSocketClient implements Client {
  private static final long PATIENCE_SECONDS = 60;

  private final Target target;
  private final Frames frames = new Frames();
  private final AtomicInteger requests = new AtomicInteger();

  /** The last subscribe of each channel. */
  private final Map<String, String> subscribes = new ConcurrentHashMap<>();

  private Credential credential;
  private String options;

  /** The connection now; replaced by a reconnect. */
  private volatile Line line;

  private WebSocketClient(Target target, Credential credential, String options) {
    this.target = target;
    this.credential = credential;
    this.options = options;
    this.line = open("");
  }

  /** Opens a socket; with a credential, {@code connected} is its first frame. */
  public static WebSocketClient open(Target target, Credential credential) {
    return new WebSocketClient(target, credential, "");
  }

  /** The same, with more query parameters such as {@code echo=false}. */
  public static WebSocketClient open(Target target, Credential credential, String options) {
    return new WebSocketClient(target, credential, options);
  }

  @Override
  public Frames frames() {
    return frames;
  }

  @Override
  public boolean isOpen() {
    return !line.closed.isDone();
  }

  /** Sends a frame that is meant well. */
  public void send(String frame) {
    Judge.clientFrame(frame);
    if (frame.startsWith("{\"type\":\"subscribe\"")) {
      subscribes.put(Json.read(frame).path("channel").asText(), frame);
    }
    line.send(frame);
  }

  /** Sends a frame that breaks the contract on purpose. */
  public void sendAnything(String frame) {
    line.send(frame);
  }

  /** Sends a binary frame, which the protocol does not have. */
  public void sendBytes(byte[] bytes) {
    line.socket().sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  public void subscribe(String channel) {
    send("{\"type\":\"subscribe\",\"channel\":" + quote(channel) + "}");
  }

  public void subscribe(String channel, Frames.Position since) {
    send(
        "{\"type\":\"subscribe\",\"channel\":%s,\"since\":{\"epoch\":%s,\"seq\":%d}}"
            .formatted(quote(channel), quote(since.epoch()), since.seq()));
  }

  /** Shows a token: the first time to open, later to renew. Returns the request's id. */
  public String auth(String token) {
    String id = nextId();
    send("{\"type\":\"auth\",\"id\":%s,\"token\":%s}".formatted(quote(id), quote(token)));
    return id;
  }

  /** Publishes one message; returns the request's id. */
  public String publish(String channel, String message) {
    String id = nextId();
    send(
        "{\"type\":\"publish\",\"id\":%s,\"channel\":%s,\"messages\":[%s]}"
            .formatted(quote(id), quote(channel), message));
    return id;
  }

  /** Waits for an answer to a ping: what was sent before has been carried out by then. */
  public void ping() {
    String id = nextId();
    send("{\"type\":\"ping\",\"id\":" + quote(id) + "}");
    frames.await("pong", frame -> frame.path("id").asText().equals(id));
  }

  private String nextId() {
    return "r" + requests.incrementAndGet();
  }

  public String connectionId() {
    return lastConnected("connectionId");
  }

  public String connectionKey() {
    return lastConnected("connectionKey");
  }

  private String lastConnected(String field) {
    frames.await("connected");
    return frames.ofType("connected").getLast().path(field).asText();
  }

  /** Ends the connection as RFC 6455 has it, and waits for the answer. */
  public void sayGoodbye() {
    line.socket().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    closeCode();
  }

  /** Waits for the end; returns the close code, 1006 when there was none. */
  public int closeCode() {
    try {
      return line.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the socket is not closed; it got " + frames, e);
    }
  }

  /** Takes nothing off the socket any more. */
  public void stopReading() {
    line.reading = false;
  }

  /** Reads on. */
  public void readOn() {
    line.readOn();
  }

  @Override
  public void cut() {
    line.cut();
  }

  /** Goes on as another connection. */
  @Override
  public void reconnect() {
    again("");
  }

  /** From now on it shows this credential when it opens. */
  public void use(Credential fresh) {
    credential = fresh;
  }

  /** Goes on as the same connection, by its connectionKey. */
  public void resume() {
    again("resume=" + Rest.encode(lastConnected("connectionKey")));
  }

  private void again(String option) {
    Map<String, Frames.Position> positions = new LinkedHashMap<>(frames.positions());
    line = open(option);
    positions.forEach(this::subscribe);
  }

  @Override
  public void close() {
    line.close();
  }

  private Line open(String option) {
    Line opening = new Line();
    WebSocket.Builder builder = Rest.http().newWebSocketBuilder();
    credential.addTo(builder);
    String path = credential.in("/v1/ws");
    for (String one : new String[] {options, option}) {
      if (!one.isEmpty()) {
        path += (path.indexOf('?') < 0 ? "?" : "&") + one;
      }
    }
    try {
      opening.socket = builder.buildAsync(target.socket(path), opening).join();
      return opening;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        throw new RefusedByGateway(judged(path, refused.getResponse()));
      }
      throw new UncheckedIOException(new IOException(e.getCause()));
    }
  }

  private static Answer judged(String target, HttpResponse<?> response) {
    HttpHeaders headers = response.headers();
    String body = response.body() instanceof String text ? text : "";
    Map<String, List<String>> asked = response.request().headers().map();
    Judge.exchange(
        new Exchange("GET", target, asked, null, response.statusCode(), headers.map(), body));
    return new Answer(response.statusCode(), headers, body);
  }

  /** One connection; its listener is called by one thread at a time. */
  private final class Line implements WebSocket.Listener {
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private @Nullable WebSocket socket;
    private volatile boolean reading = true;
    private volatile boolean cut;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    /**
     * A subscribe carries no id here, so that what is refused about a channel without one is it.
     */
    private void subscribeLater(String error) {
      JsonNode refused = Json.read(error);
      String subscribe = subscribes.get(refused.path("channel").asText());
      if (subscribe != null
          && !refused.has("id")
          && Later.isAdvised(refused.path("code").asInt())) {
        Thread.ofVirtual()
            .start(
                () -> {
                  Later.pause();
                  if (!closed.isDone()) {
                    send(subscribe);
                  }
                });
      }
    }

    synchronized void send(String frame) {
      WebSocket to = socket();
      sent = sent.thenCompose(before -> to.sendText(frame, true));
    }

    private WebSocket socket() {
      if (socket == null) {
        throw new IllegalStateException("not open");
      }
      return socket;
    }

    void readOn() {
      reading = true;
      socket().request(1);
    }

    void cut() {
      synchronized (this) {
        cut = true;
      }
      socket().abort();
      closed.complete(1006);
    }

    void close() {
      if (!closed.isDone()) {
        socket().sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(gone -> socket());
        socket().abort();
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
      partial.append(data);
      if (isLast) {
        take(partial.toString());
        partial.setLength(0);
      }
      if (reading) {
        from.request(1);
      }
      return null;
    }

    /** Never after a cut: the next connection goes on behind the last frame taken. */
    private synchronized void take(String frame) {
      if (!cut) {
        Judge.serverFrame(frame);
        frames.add(frame);
        if (frame.startsWith("{\"type\":\"error\"")) {
          subscribeLater(frame);
        }
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      Judge.closeCode(code);
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.complete(1006);
    }
  }
}
