package io.tidegate.rest;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.tidegate.json.StrictJson;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.settings.Settings;
import io.tidegate.tenant.store.Page;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Lists in pages: {@code {items, next}} and a Link. A cursor says after which item its page begins;
 * it is sealed with a MAC over the path and app it was issued for, so that it fits no other list.
 */
@Singleton
public class Pages {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  /** Room for a name of 255 characters of 4 bytes each. */
  private static final int MAX_CURSOR = 2_048;

  private static final int MAC_BYTES = 12;

  private final SecretKeySpec key;

  Pages(Settings settings) {
    this.key = new SecretKeySpec(settings.masterKey().bytes(), "HmacSHA256");
  }

  public static int limit(HttpRequest<?> request) {
    String text = request.getParameters().get("limit");
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    int limit = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MAX_LIMIT) {
      throw RefusedException.ofField(
          Refusal.FIELD_INVALID, "limit", "must be from 1 to " + MAX_LIMIT);
    }
    return limit;
  }

  /** Where the page begins; {@code first} without a cursor. */
  public long after(HttpRequest<?> request, long first) {
    String after = after(request);
    return after == null ? first : Long.parseLong(after);
  }

  /** Where the page begins, null without a cursor. */
  public @Nullable String after(HttpRequest<?> request) {
    String cursor = request.getParameters().get("cursor");
    if (cursor == null) {
      return null;
    }
    byte[] bytes = decode(cursor);
    if (bytes.length > MAC_BYTES) {
      String after = new String(bytes, MAC_BYTES, bytes.length - MAC_BYTES, StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(Arrays.copyOf(bytes, MAC_BYTES), mac(list(request), after))) {
        return after;
      }
    }
    throw RefusedException.ofField(
        Refusal.CURSOR_INVALID, "cursor", "was not issued for this list: start at the first page");
  }

  /** Reads so many of what a list numbers, from behind {@code after}. */
  public interface Reading<T> {
    Page<T> of(int limit, long after);
  }

  /** The page of a list in order of its items' numbers, which begin above 0. */
  public <T> HttpResponse<byte[]> byOrdinal(
      HttpRequest<?> request,
      Reading<T> reading,
      Function<T, Map<String, ?>> view,
      Function<T, ?> ordinal) {
    return answer(request, reading.of(limit(request), after(request, 0)), view, ordinal);
  }

  public <T> HttpResponse<byte[]> answer(
      HttpRequest<?> request,
      Page<T> page,
      Function<T, Map<String, ?>> view,
      Function<T, ?> position) {
    String end = page.more() ? String.valueOf(position.apply(page.items().getLast())) : null;
    return answer(request, page.items().stream().map(view).toList(), end);
  }

  /**
   * A page that may be shorter than what was asked for.
   *
   * @param end behind which the next page begins, null on the last
   */
  public HttpResponse<byte[]> answer(
      HttpRequest<?> request, List<? extends Map<String, ?>> items, @Nullable String end) {
    String next = end == null ? null : cursor(request, end);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("items", items);
    json.put("next", next);
    var response =
        HttpResponse.ok(StrictJson.write(json).getBytes(StandardCharsets.UTF_8))
            .contentType(MediaType.APPLICATION_JSON_TYPE);
    if (next != null) {
      response.header(HttpHeaders.LINK, link(request, next));
    }
    return response;
  }

  /** The Link header's value for the next page: what was asked for, from there on. */
  public static String link(HttpRequest<?> request, String cursor) {
    StringBuilder query = new StringBuilder();
    for (Map.Entry<String, List<String>> one : request.getParameters()) {
      if (!one.getKey().equals("cursor") && !one.getKey().equals("limit")) {
        one.getValue().forEach(value -> query.append(encode(one.getKey(), value)));
      }
    }
    return "<%s?%slimit=%d&cursor=%s>; rel=\"next\""
        .formatted(path(request), query, limit(request), cursor);
  }

  private static String encode(String name, String value) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8)
        + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8)
        + "&";
  }

  /** A cursor of this list whose page begins after {@code after}. */
  public String cursor(HttpRequest<?> request, String after) {
    byte[] text = after.getBytes(StandardCharsets.UTF_8);
    byte[] bytes =
        ByteBuffer.allocate(MAC_BYTES + text.length)
            .put(mac(list(request), after))
            .put(text)
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The list: its path, and whose it is where the path does not say. */
  private static String list(HttpRequest<?> request) {
    String app =
        request
            .getUserPrincipal(AppAuthentication.class)
            .map(one -> one.principal().app().value())
            .orElse("");
    return path(request) + " " + app;
  }

  /** As it was sent: a channel's {@code %2F} stays one. */
  private static String path(HttpRequest<?> request) {
    return request.getUri().getRawPath();
  }

  private static byte[] decode(String cursor) {
    try {
      return cursor.length() > MAX_CURSOR ? new byte[0] : Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private byte[] mac(String list, String after) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] text = ("cursor " + list + "\n" + after).getBytes(StandardCharsets.UTF_8);
      return Arrays.copyOf(mac.doFinal(text), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
