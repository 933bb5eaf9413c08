package io.tidegate.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.faults.history.Event;
import io.tidegate.faults.history.Journal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A subscriber over Server-Sent Events, which resumes as an EventSource does. */
final class StreamFollower extends Follower {
  /** Comments come each 15 s. */
  private static final long SILENT_MILLIS = 20_000;

  private static final int OPEN_SECONDS = 8;
  private @Nullable String lastEventId;

  StreamFollower(
      String name,
      Tenant tenant,
      int home,
      List<String> channels,
      Rest rest,
      Journal journal,
      Random random) {
    super(name, tenant, home, channels, rest, journal, random);
  }

  @Override
  boolean observes() {
    return false;
  }

  @Override
  End follow(int node, long endMillis) throws InterruptedException {
    String query =
        channels.stream()
            .map(one -> "channel=" + Rest.encoded(one))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(rest.uri(node, "/v1/sse?" + query))
            .header("Authorization", tenant.app().keyAuthorization())
            .timeout(Duration.ofSeconds(OPEN_SECONDS));
    String last = lastEventId;
    if (last != null) {
      request.header("Last-Event-ID", last);
    }
    CompletableFuture<HttpResponse<InputStream>> opening =
        rest.http().sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try {
      HttpResponse<InputStream> response = opening.get(OPEN_SECONDS + 1, TimeUnit.SECONDS);
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          String why = new String(body.readAllBytes(), StandardCharsets.UTF_8);
          if (!Expected.isStatus(response.statusCode())) {
            journal.add(new Event.Odd(journal.now(), name, tenant.letter(), why));
          }
          return new End(response.statusCode() + " " + why, -1);
        }
        return read(body, last != null, endMillis);
      }
    } catch (ExecutionException | TimeoutException | IOException e) {
      opening.cancel(true);
      return new End(e.toString(), -1);
    }
  }

  private End read(InputStream body, boolean resuming, long endMillis)
      throws InterruptedException, IOException {
    long[] heard = {journal.now()};
    String[] own = {""};
    Thread watch =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    while (!breaksOff(endMillis) && journal.now() - heard[0] < SILENT_MILLIS) {
                      Thread.sleep(100);
                    }
                    own[0] = breaksOff(endMillis) ? OWN_WISH : "silent";
                    body.close();
                  } catch (InterruptedException | IOException e) {
                    // The stream has ended before.
                  }
                });
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      return lines(lines, resuming, heard, own);
    } finally {
      watch.interrupt();
    }
  }

  private End lines(BufferedReader lines, boolean resuming, long[] heard, String[] own) {
    String data = "";
    String id = null;
    long pause = -1;
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        heard[0] = journal.now();
        if (line.startsWith("data:")) {
          data = line.substring(5).strip();
        } else if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.isEmpty() && !data.isEmpty()) {
          JsonNode frame = Rest.JSON.readTree(data);
          if (frame.path("type").asText().equals("reconnect")) {
            pause = frame.path("afterMs").asLong();
          }
          event(frame, resuming);
          lastEventId = id == null ? lastEventId : id;
          data = "";
          id = null;
        }
      }
      return new End(own[0].isEmpty() ? "ended" : own[0], pause);
    } catch (IOException e) {
      return new End(own[0].isEmpty() ? e.toString() : own[0], pause);
    }
  }

  private void event(JsonNode frame, boolean resuming) {
    if (tracker.frame(frame, resuming)) {
      return;
    }
    switch (frame.path("type").asText()) {
      case "connected", "expiring", "reconnect" -> {}
      case "error", "unsubscribed" -> {
        if (!Expected.isRefusal(frame.path("code").asInt())) {
          odd(frame);
        }
      }
      default -> odd(frame);
    }
  }

  private void odd(JsonNode frame) {
    journal.add(new Event.Odd(journal.now(), name, tenant.letter(), frame.toString()));
  }
}
