package io.tidegate.limit;

import java.util.Arrays;

/** Clients' addresses as limits count them. */
public final class Addresses {
  private static final int NETWORK_GROUPS = 4;

  private Addresses() {}

  /** Who has one address of IPv6 has all of its /64: they count as one. */
  public static String counted(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    String[] groups = address.split(":", NETWORK_GROUPS + 1);
    return String.join(":", Arrays.copyOf(groups, Math.min(groups.length, NETWORK_GROUPS)));
  }
}
