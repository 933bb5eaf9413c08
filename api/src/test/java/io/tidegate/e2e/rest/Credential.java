package io.tidegate.e2e.rest;

import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a client shows who it is.
 *
 * @param authorization the header, or null
 * @param query the query parameter, {@code name=value}, or null
 * @param cookie of a session, {@code name=value}, or null; sent as the console sends it
 */
public record Credential(
    @Nullable String authorization, @Nullable String query, @Nullable String cookie) {
  /** What the console sends beside its cookie. */
  public static final Map<String, String> CONSOLE =
      Map.of("X-Tidegate-Console", "1", "Sec-Fetch-Site", "same-origin");

  public static final Credential NONE = new Credential(null, null);

  public Credential(@Nullable String authorization, @Nullable String query) {
    this(authorization, query, null);
  }

  /** A session by its text. */
  public static Credential session(String text) {
    return new Credential(null, null, "__Host-tidegate=" + text);
  }

  public static Credential key(String nameAndSecret) {
    byte[] bytes = nameAndSecret.getBytes(StandardCharsets.UTF_8);
    return new Credential("Basic " + Base64.getEncoder().encodeToString(bytes), null);
  }

  public static Credential bearer(String token) {
    return new Credential("Bearer " + token, null);
  }

  public static Credential ticket(String ticket) {
    return new Credential(null, "ticket=" + Rest.encode(ticket));
  }

  public static Credential keyName(String keyName) {
    return new Credential(null, "key=" + Rest.encode(keyName));
  }

  public void addTo(HttpRequest.Builder request) {
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    if (cookie != null) {
      request.header("Cookie", cookie);
      CONSOLE.forEach(request::header);
    }
  }

  public void addTo(WebSocket.Builder handshake) {
    if (authorization != null) {
      handshake.header("Authorization", authorization);
    }
  }

  /** The path with the query parameter, if there is one, added. */
  public String in(String path) {
    return query == null ? path : path + (path.indexOf('?') < 0 ? "?" : "&") + query;
  }
}
