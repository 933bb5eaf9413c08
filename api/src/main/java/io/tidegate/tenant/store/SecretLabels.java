package io.tidegate.tenant.store;

import java.util.UUID;

/**
 * The labels under which secrets of other packages' rows are sealed, here since a rotation of the
 * master key must make them from the rows.
 */
public final class SecretLabels {
  private SecretLabels() {}

  /** One webhook's secret does not open for another, nor an older one for a newer. */
  public static String ofWebhook(UUID webhook, int number) {
    return "webhook " + webhook + "." + number;
  }

  /** The same of hooks. */
  public static String ofHook(UUID hook, int number) {
    return "hook " + hook + "." + number;
  }

  /** One person's second factor does not open for another. */
  public static String ofSecondFactor(UUID account) {
    return "second factor " + account;
  }
}
