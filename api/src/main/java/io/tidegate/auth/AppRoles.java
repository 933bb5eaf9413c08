package io.tidegate.auth;

/**
 * What {@code @Secured} says on routes of the data plane. Which operation on which channel is the
 * route's own question, asked of the {@link AppPrincipal}.
 */
public final class AppRoles {
  /** An app's key, or a person in the console: what of it they may is the principal's to say. */
  public static final String KEY = "KEY";

  /** A client with a token. */
  public static final String TOKEN = "TOKEN";

  private AppRoles() {}
}
