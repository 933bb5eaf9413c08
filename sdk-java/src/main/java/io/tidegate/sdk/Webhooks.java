package io.tidegate.sdk;

import io.tidegate.sdk.internal.json.JsonReader;
import io.tidegate.sdk.internal.json.JsonTree;
import io.tidegate.sdk.internal.webhook.Signature;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a call to a webhook or hook is the gateway's, and what it says. Give it the header
 * {@code Tidegate-Signature} and the raw body, the bytes as they came.
 */
public final class Webhooks {
  private final List<String> secrets;
  private final Duration tolerance;
  private final Clock clock;

  private Webhooks(List<String> secrets, Duration tolerance, Clock clock) {
    this.secrets = secrets;
    this.tolerance = tolerance;
    this.clock = clock;
  }

  /** With the webhook's secret; with two while it is being replaced. */
  public static Webhooks of(String... secrets) {
    if (secrets.length == 0) {
      throw new IllegalArgumentException("a secret is needed");
    }
    return new Webhooks(List.of(secrets), Duration.ofMinutes(5), Clock.systemUTC());
  }

  /** The same, for calls signed at most so long ago or ahead: 5 minutes. */
  public Webhooks tolerance(Duration most) {
    return new Webhooks(secrets, most, clock);
  }

  /** The same by this clock. */
  public Webhooks clock(Clock newClock) {
    return new Webhooks(secrets, tolerance, newClock);
  }

  /** Whether it is the gateway's, and of now. The header is null when there is none. */
  public boolean isGenuine(@Nullable String header, byte[] body) {
    return Signature.parse(header)
        .filter(signature -> signature.isWithin(tolerance, clock.instant()))
        .filter(signature -> signature.matches(body, secrets))
        .isPresent();
  }

  /**
   * The events of a genuine call, one or several.
   *
   * @throws SecurityException when it is not genuine: answer 401
   */
  public List<WebhookEvent> events(@Nullable String header, byte[] body) {
    if (!isGenuine(header, body)) {
      throw new SecurityException("not a call of the gateway, or not of now");
    }
    JsonReader reader = new JsonReader(new String(body, StandardCharsets.UTF_8));
    List<WebhookEvent> events = new ArrayList<>();
    if (reader.peek() == '[') {
      reader.beginArray();
      while (reader.nextItem()) {
        events.add(event(reader));
      }
    } else {
      events.add(event(reader));
    }
    reader.end();
    return List.copyOf(events);
  }

  /**
   * What a hook asks about.
   *
   * @throws SecurityException when it is not genuine: answer 401
   */
  public WebhookEvent request(@Nullable String header, byte[] body) {
    return events(header, body).get(0);
  }

  private static WebhookEvent event(JsonReader reader) {
    String id = "";
    String type = "";
    String app = "";
    long time = 0;
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    reader.beginObject();
    for (String name = reader.nextName(); name != null; name = reader.nextName()) {
      switch (name) {
        case "id" -> id = reader.string();
        case "type" -> type = reader.string();
        case "app" -> app = reader.string();
        case "time" -> time = reader.integer();
        case "data" -> {
          if (JsonTree.read(reader) instanceof Map<?, ?> members) {
            members.forEach((key, value) -> data.put(String.valueOf(key), value));
          }
        }
        default -> reader.skip();
      }
    }
    return new WebhookEvent(id, type, app, Instant.ofEpochMilli(time), data);
  }
}
