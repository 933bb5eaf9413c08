package io.tidegate.e2e.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/** The answer to a request. */
public record Answer(int status, HttpHeaders headers, String body) {
  public JsonNode json() {
    return Json.read(body);
  }

  /** The refusal's code, 0 when it is none. */
  public int code() {
    return status < 400 || body.isEmpty() ? 0 : json().path("code").asInt();
  }

  /** Itself, when it has the status. */
  public Answer expect(int expected) {
    if (status != expected) {
      throw new AssertionError("expected " + expected + " but got " + status + ": " + body);
    }
    return this;
  }
}
