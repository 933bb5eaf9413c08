package io.tidegate.sdk.internal.http;

import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.internal.json.JsonReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Refusals of the gateway as exceptions: RFC 9457 bodies and what proxies answer instead. */
public final class Problems {
  private Problems() {}

  /**
   * An answer that is not 2xx.
   *
   * @param retryAfter of the header, in seconds or null
   */
  static TidegateException of(
      int status, String body, @Nullable String requestId, @Nullable String retryAfter) {
    Duration wait = seconds(retryAfter);
    try {
      TidegateException problem = read(new JsonReader(body), requestId, wait);
      if (problem.code() / 100 == status) {
        return problem;
      }
    } catch (IllegalArgumentException e) {
      // Somebody between us and the gateway has answered: the status is all there is.
    }
    return new TidegateException(
        status * 100, status, "HTTP " + status, requestId, wait, null, null);
  }

  /** A problem object, the reader's next value: of an answer, or of one unit of a batch. */
  public static TidegateException read(JsonReader reader) {
    return read(reader, null, null);
  }

  private static TidegateException read(
      JsonReader reader, @Nullable String requestId, @Nullable Duration wait) {
    int code = 0;
    int status = 0;
    String title = "";
    String detail = "";
    String docs = null;
    String request = requestId;
    Duration after = wait;
    StringBuilder errors = new StringBuilder();
    reader.beginObject();
    for (String name = reader.nextName(); name != null; name = reader.nextName()) {
      switch (name) {
        case "code" -> code = (int) reader.integer();
        case "status" -> status = (int) reader.integer();
        case "title" -> title = reader.string();
        case "detail" -> detail = reader.string();
        case "type" -> docs = reader.string();
        case "requestId" -> request = reader.string();
        case "retryAfterMs" -> after = Duration.ofMillis(reader.integer());
        case "errors" -> errors.append(' ').append(reader.raw());
        default -> reader.skip();
      }
    }
    String message = code + " " + title + ": " + detail + errors;
    return new TidegateException(code, status, message, request, after, docs, null);
  }

  private static @Nullable Duration seconds(@Nullable String header) {
    try {
      return header == null ? null : Duration.ofSeconds(Long.parseLong(header.strip()));
    } catch (NumberFormatException e) {
      // A date, which other servers may send: without a clock that both share it says little.
      return null;
    }
  }
}
