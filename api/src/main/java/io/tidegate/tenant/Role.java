package io.tidegate.tenant;

import java.util.List;
import java.util.Locale;

/**
 * What a principal of the control plane may do, the weakest first; each may what those before it
 * may.
 */
public enum Role {
  /** Read. */
  VIEWER,
  /** Read all, publish and debug; no secrets, no deletes. */
  DEVELOPER,
  /** Apps, keys, namespaces, webhooks, control tokens. */
  ADMIN,
  /** All of a tenant. */
  OWNER,
  /** All of the installation. Never a control token's. */
  OPERATOR;

  private static final List<Role> ALL = List.of(values());

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Role ofWireName(String name) {
    return Role.valueOf(name.toUpperCase(Locale.ROOT));
  }

  public boolean covers(Role other) {
    return compareTo(other) >= 0;
  }

  /** The wire names of this role and every weaker one. */
  public List<String> covered() {
    return ALL.stream().filter(this::covers).map(Role::wireName).toList();
  }
}
