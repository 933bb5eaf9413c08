package io.tidegate.sdk.internal.http;

import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.internal.auth.Credentials;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends calls, each until it has an answer that stands or its time is over. */
public final class Transport {
  private final HttpClient client;
  private final URI url;
  private final Duration timeout;
  private final int attempts;
  private final Credentials credentials;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param timeout for a call, its tries included
   * @param connectTimeout for opening a line
   * @param attempts at most
   */
  public Transport(
      URI url, Credentials credentials, Duration timeout, Duration connectTimeout, int attempts) {
    // The gateway speaks HTTP/1.1 alone; asking for an upgrade costs each first request.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connectTimeout)
            .build();
    this.url = url;
    this.timeout = timeout;
    this.attempts = attempts;
    this.credentials = credentials;
  }

  /** The good answer, or a failure of {@link TidegateException}. */
  public CompletableFuture<Answer> send(Call call) {
    if (closed.get()) {
      return CompletableFuture.failedFuture(
          TidegateException.local(TidegateException.Local.CLOSED, "The client is closed", null));
    }
    return new Exchange(this, call, timeout, attempts).begin();
  }

  /** Sends nothing more; what is under way is answered. */
  public void close() {
    closed.set(true);
  }

  Credentials credentials() {
    return credentials;
  }

  CompletableFuture<HttpResponse<byte[]>> once(Call call, String authorization, Duration limit) {
    String body = call.body();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(call.path()))
            .timeout(limit)
            .method(
                call.method(),
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .header("Authorization", authorization)
            .header("Accept", "application/json");
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < call.headers().size(); i += 2) {
      request.header(call.headers().get(i), call.headers().get(i + 1));
    }
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
