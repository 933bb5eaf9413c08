package io.tidegate.webhook;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a webhook is called: an absolute http(s) URL without user and fragment. Whether that place
 * may be called is not for its text to say: a guard looks at the address that its host has then.
 *
 * @param value at most 2,048 characters
 */
public record TargetUrl(String value) {
  public static final int MAX_LENGTH = 2_048;

  /**
   * @throws RefusedException {@link Refusal#WEBHOOK_TARGET_REFUSED} with the rule that was broken
   */
  public TargetUrl {
    if (value.length() > MAX_LENGTH) {
      throw refusal("a URL has at most " + MAX_LENGTH + " characters");
    }
    URI uri = parse(value);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw refusal("a URL begins with https://");
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      throw refusal("a URL names a host");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw refusal("a URL has neither a user nor a fragment");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw refusal("a port is from 1 to 65535");
    }
  }

  public URI uri() {
    return URI.create(value);
  }

  private static URI parse(String value) {
    try {
      return new URI(value);
    } catch (URISyntaxException e) {
      throw refusal("it is not a URL");
    }
  }

  private static RefusedException refusal(String detail) {
    return new RefusedException(Refusal.WEBHOOK_TARGET_REFUSED, detail);
  }

  @Override
  public String toString() {
    return value;
  }
}
