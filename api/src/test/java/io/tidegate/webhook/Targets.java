package io.tidegate.webhook;

import io.tidegate.webhook.send.ForbiddenTarget;
import io.tidegate.webhook.send.Target;

/** Targets that a test knows to be some. */
public final class Targets {
  private Targets() {}

  public static Target of(String url) {
    try {
      return Target.of(url);
    } catch (ForbiddenTarget e) {
      throw new IllegalArgumentException(url, e);
    }
  }
}
