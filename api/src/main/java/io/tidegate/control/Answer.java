package io.tidegate.control;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.tidegate.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The answer to a request.
 *
 * @param version the version of the thing, which the ETag carries; 0 for none
 * @param body JSON text
 */
record Answer(HttpStatus status, long version, String body) {
  static Answer of(HttpStatus status, long version, Map<String, ?> view) {
    return new Answer(status, version, StrictJson.write(view));
  }

  static HttpResponse<byte[]> ok(long version, Map<String, ?> view) {
    return of(HttpStatus.OK, version, view).toHttp();
  }

  static HttpResponse<byte[]> noContent() {
    return HttpResponse.noContent();
  }

  MutableHttpResponse<byte[]> toHttp() {
    MutableHttpResponse<byte[]> response =
        HttpResponse.<byte[]>status(status)
            .body(body.getBytes(StandardCharsets.UTF_8))
            .contentType(MediaType.APPLICATION_JSON_TYPE);
    if (version > 0) {
      response.header(HttpHeaders.ETAG, "\"" + version + "\"");
    }
    return response;
  }

  /** As kept for an Idempotency-Key: status, version, body. */
  byte[] toBytes() {
    return (status.getCode() + " " + version + " " + body).getBytes(StandardCharsets.UTF_8);
  }

  static Answer ofBytes(byte[] bytes) {
    String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", 3);
    return new Answer(
        HttpStatus.valueOf(Integer.parseInt(parts[0])), Long.parseLong(parts[1]), parts[2]);
  }
}
