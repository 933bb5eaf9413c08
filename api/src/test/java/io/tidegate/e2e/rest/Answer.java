package io.tidegate.e2e.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param again makes the same request once more; null where nobody can
 */
public record Answer(
    int status, HttpHeaders headers, String body, @Nullable Supplier<Answer> again) {
  public Answer(int status, HttpHeaders headers, String body) {
    this(status, headers, body, null);
  }

  public JsonNode json() {
    return Json.read(body);
  }

  /** The refusal's code, 0 when it is none. */
  public int code() {
    return status < 400 || body.isEmpty() ? 0 : json().path("code").asInt();
  }

  /**
   * Itself, when it has the status; one that says to come back is asked for again, as a client
   * does.
   */
  public Answer expect(int expected) {
    Answer last = status == expected || again == null ? this : Later.ask(this, again, Answer::code);
    if (last.status != expected) {
      throw new AssertionError(
          "expected " + expected + " but got " + last.status + ": " + last.body);
    }
    return last;
  }
}
