package io.tidegate.webhook.deliver;

import io.tidegate.webhook.Attempt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Real calls that nothing guards: to what a test has set up. */
final class LoopbackOutbound implements Outbound {
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  @Override
  public Attempt call(URI url, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofSeconds(2))
            .POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    long begun = System.nanoTime();
    try {
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      return Attempt.answered(answer.statusCode(), millis(begun), answer.body());
    } catch (IOException e) {
      return Attempt.unanswered(millis(begun), e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Attempt.unanswered(millis(begun), "interrupted");
    }
  }

  private static long millis(long begun) {
    return (System.nanoTime() - begun) / 1_000_000;
  }
}
