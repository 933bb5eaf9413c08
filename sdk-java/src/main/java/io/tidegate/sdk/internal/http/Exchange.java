package io.tidegate.sdk.internal.http;

import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.internal.Futures;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One call over its tries. Each field is written by the try that is under way, one at a time. */
final class Exchange {
  /** With the default of 30 s a try has 10: twice what the gateway takes to find out an outcome. */
  private static final int TRIES_IN_TIME = 3;

  private final Transport transport;
  private final Call call;
  private final int attempts;
  private final Duration timeout;
  private final long deadline;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  private int tried;

  /** A token was refused as stale once: a second time it stands. */
  private boolean renewed;

  Exchange(Transport transport, Call call, Duration timeout, int attempts) {
    this.transport = transport;
    this.call = call;
    this.attempts = attempts;
    this.timeout = timeout;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  CompletableFuture<Answer> begin() {
    attempt();
    return answer;
  }

  private void attempt() {
    if (answer.isDone()) {
      return;
    }
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      answer.completeExceptionally(timeout(null));
      return;
    }
    tried++;
    transport
        .credentials()
        .authorization()
        .orTimeout(left, TimeUnit.NANOSECONDS)
        .thenCompose(
            shown ->
                transport
                    .once(call, shown, limit())
                    .thenAccept(response -> answered(response, shown)))
        .exceptionally(
            thrown -> {
              failed(Futures.cause(thrown));
              return null;
            });
  }

  /** A line that says nothing leaves time for another one. */
  private Duration limit() {
    long left = deadline - System.nanoTime();
    long one = call.repeatable() ? timeout.toNanos() / TRIES_IN_TIME : left;
    return Duration.ofNanos(Math.max(1, Math.min(left, one)));
  }

  private void answered(HttpResponse<byte[]> response, String shown) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      answer.complete(new Answer(status, response.body()));
      return;
    }
    TidegateException refusal =
        Problems.of(
            status,
            new String(response.body(), StandardCharsets.UTF_8),
            response.headers().firstValue("X-Request-Id").orElse(null),
            response.headers().firstValue("Retry-After").orElse(null));
    if (status == 401 && !renewed && shown.startsWith("Bearer ")) {
      renewed = true;
      transport.credentials().refused(shown);
      attempt();
    } else if (RetryPolicy.helps(refusal, call.repeatable())) {
      again(refusal, refusal.retryAfter().orElse(null));
    } else {
      answer.completeExceptionally(refusal);
    }
  }

  private void failed(Throwable cause) {
    if (cause instanceof TidegateException || cause instanceof IllegalArgumentException) {
      answer.completeExceptionally(cause);
      return;
    }
    if (cause instanceof Error) {
      answer.completeExceptionally(cause);
      return;
    }
    boolean unsent =
        cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
    if (cause instanceof TimeoutException) {
      answer.completeExceptionally(timeout(cause));
      return;
    }
    boolean late = cause instanceof HttpTimeoutException && !unsent;
    TidegateException lost =
        late
            ? timeout(cause)
            : TidegateException.local(
                TidegateException.Local.NO_ANSWER, "No answer from the gateway: " + cause, cause);
    if (unsent || call.repeatable()) {
      again(lost, null);
    } else {
      answer.completeExceptionally(lost);
    }
  }

  /** Unless the tries are used up, or the wait would outlast the time limit. */
  private void again(TidegateException last, @Nullable Duration advised) {
    Duration delay = RetryPolicy.delay(tried, advised);
    boolean inTime = delay.toNanos() < deadline - System.nanoTime();
    if (tried >= attempts || !inTime) {
      answer.completeExceptionally(last);
      return;
    }
    CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
        .execute(this::attempt);
  }

  private static TidegateException timeout(@Nullable Throwable cause) {
    return TidegateException.local(
        TidegateException.Local.TIMEOUT, "No answer within the time limit", cause);
  }
}
