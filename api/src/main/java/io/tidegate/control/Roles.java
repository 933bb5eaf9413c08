package io.tidegate.control;

/** {@link io.tidegate.tenant.Role}'s wire names, as annotations need them. */
final class Roles {
  static final String VIEWER = "viewer";
  static final String DEVELOPER = "developer";
  static final String ADMIN = "admin";
  static final String OWNER = "owner";
  static final String OPERATOR = "operator";

  /** A person with a session, whatever their role. */
  static final String ACCOUNT = "account";

  private Roles() {}
}
