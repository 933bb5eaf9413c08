package io.tidegate.problem;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A refusal as an RFC 9457 document: {@code {type, title, status, code, detail, requestId,
 * retryAfterMs?, errors?}}. Plain Java, so that the edges beneath Micronaut answer with the same
 * bytes.
 */
public final class ProblemJson {
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final int MAX_RETRY_SECONDS = 3600;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private ProblemJson() {}

  /** The document, in UTF-8. */
  public static byte[] render(RefusedException refused, String requestId) {
    Refusal refusal = refused.refusal();
    StringBuilder json = new StringBuilder(256).append('{');
    member(json, "type", refusal.type());
    member(json.append(','), "title", refusal.title());
    json.append(",\"status\":").append(refusal.httpStatus());
    json.append(",\"code\":").append(refusal.code());
    member(json.append(','), "detail", refused.detail());
    member(json.append(','), "requestId", requestId);
    Long retryAfter = refused.retryAfterMillis();
    if (retryAfter != null) {
      json.append(",\"retryAfterMs\":").append(Math.max(0L, retryAfter));
    }
    errors(json, refused.errors());
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The whole seconds that {@code Retry-After} says: the advice rounded up; 1 for a 429 or 503
   * without one; 0 when the header is not sent.
   */
  public static int retryAfterSeconds(RefusedException refused) {
    Long millis = refused.retryAfterMillis();
    if (millis != null) {
      return (int) Math.clamp((millis + 999) / 1000, 1, MAX_RETRY_SECONDS);
    }
    int status = refused.refusal().httpStatus();
    return status == 429 || status == 503 ? 1 : 0;
  }

  private static void errors(StringBuilder json, List<FieldError> errors) {
    if (errors.isEmpty()) {
      return;
    }
    json.append(",\"errors\":[");
    for (int i = 0; i < errors.size(); i++) {
      json.append(i == 0 ? "{" : ",{");
      member(json, "field", errors.get(i).field());
      member(json.append(','), "message", errors.get(i).message());
      json.append('}');
    }
    json.append(']');
  }

  private static void member(StringBuilder json, String name, String value) {
    json.append('"').append(name).append("\":\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20 || c == 0x7f || isUnsafe(c)) {
        json.append("\\u").append(HEX[c >> 12]).append(HEX[(c >> 8) & 15]);
        json.append(HEX[(c >> 4) & 15]).append(HEX[c & 15]);
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  /**
   * Characters that would disturb a terminal or a log: C1 controls, line ends, bidi, surrogates.
   */
  private static boolean isUnsafe(char c) {
    return (c >= 0x80 && c < 0xa0)
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069)
        || Character.isSurrogate(c);
  }
}
