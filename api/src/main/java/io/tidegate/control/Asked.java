package io.tidegate.control;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.tidegate.channel.AppId;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.store.Absent;
import io.tidegate.tenant.store.IfMatch;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What paths, queries and headers ask for. An id that cannot be one is an absent thing's. */
final class Asked {
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private static final Pattern ETAG =
      Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e]*)\"\\s*(,\\s*|$)");
  private static final int MAX_HEADER = 255;

  private Asked() {}

  /** A time of a parameter; null when there is none. */
  static @Nullable Instant time(String field, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (time.isAfter(Instant.EPOCH) && time.isBefore(Instant.parse("9999-01-01T00:00:00Z"))) {
        return time;
      }
    } catch (DateTimeException notOne) {
      // Said below, like a time that nothing here can have.
    }
    throw RefusedException.ofField(
        Refusal.FIELD_INVALID, field, "must be a time such as 2026-05-04T09:00:00Z");
  }

  static TenantId tenant(String text) {
    if (!TenantId.isValid(text)) {
      throw Absent.refusal();
    }
    return new TenantId(UUID.fromString(text));
  }

  static AppId app(String text) {
    if (!AppId.isValid(text)) {
      throw Absent.refusal();
    }
    return new AppId(text);
  }

  static String keyId(String text) {
    if (!KeyName.isKeyId(text)) {
      throw Absent.refusal();
    }
    return text;
  }

  static UUID uuid(String text) {
    return tenant(text).value();
  }

  static boolean cascade(HttpRequest<?> request) {
    String text = request.getParameters().get("cascade");
    if (text == null || text.equals("false")) {
      return false;
    }
    if (text.equals("true")) {
      return true;
    }
    throw RefusedException.ofField(Refusal.FIELD_INVALID, "cascade", "must be true or false");
  }

  /** RFC 9110: strong comparison, so a weak tag matches nothing. */
  static IfMatch ifMatch(HttpRequest<?> request) {
    String header = request.getHeaders().get(HttpHeaders.IF_MATCH);
    if (header == null || header.strip().equals("*")) {
      return IfMatch.ANY;
    }
    Set<Long> versions = new HashSet<>();
    Matcher tags = ETAG.matcher(header.strip());
    int end = 0;
    while (tags.find() && tags.start() == end) {
      end = tags.end();
      if (tags.group(1) == null && tags.group(2).matches("[1-9][0-9]{0,17}")) {
        versions.add(Long.parseLong(tags.group(2)));
      }
    }
    if (end == 0 || end != header.strip().length() || header.length() > MAX_HEADER) {
      throw RefusedException.ofField(
          Refusal.HEADER_INVALID, HttpHeaders.IF_MATCH, "must be an ETag in quotes, or *");
    }
    return new IfMatch(false, versions);
  }

  /**
   * Whether a PUT must not replace anything: If-None-Match: * (RFC 9110, 13.1.2). Together with
   * If-Match it could never be met.
   */
  static boolean onlyNew(HttpRequest<?> request) {
    String header = request.getHeaders().get(HttpHeaders.IF_NONE_MATCH);
    if (header == null) {
      return false;
    }
    if (!header.strip().equals("*") || request.getHeaders().contains(HttpHeaders.IF_MATCH)) {
      throw RefusedException.ofField(
          Refusal.HEADER_INVALID, HttpHeaders.IF_NONE_MATCH, "must be *, without If-Match");
    }
    return true;
  }

  static @Nullable String idempotencyKey(HttpRequest<?> request) {
    String header = request.getHeaders().get(IDEMPOTENCY_KEY);
    if (header != null && !header.matches("[\\x20-\\x7e]{1," + MAX_HEADER + "}")) {
      throw RefusedException.ofField(
          Refusal.HEADER_INVALID, IDEMPOTENCY_KEY, "must be 1 to 255 printable characters");
    }
    return header;
  }
}
