package io.tidegate.webhook.send;

import java.util.Locale;

/** Why a target is not called: the rows of {@code docs/webhooks.md}, in order, nothing else. */
public enum Barrier {
  URL_INVALID,
  CREDENTIALS_IN_URL,
  SCHEME_REFUSED,
  HOST_INVALID,
  PORT_REFUSED,
  ADDRESS_PRIVATE,
  ADDRESS_RESERVED;

  private final String slug = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** Its stable name. */
  public String slug() {
    return slug;
  }
}
