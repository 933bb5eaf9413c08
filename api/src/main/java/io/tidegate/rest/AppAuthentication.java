package io.tidegate.rest;

import io.micronaut.security.authentication.Authentication;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.AppRoles;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** An app's key or token as Micronaut Security sees it. */
record AppAuthentication(AppPrincipal principal) implements Authentication {
  @Override
  public String getName() {
    return principal.key().toString();
  }

  @Override
  public Collection<String> getRoles() {
    if (principal.isConsole()) {
      return List.of(AppRoles.KEY, AppRoles.TOKEN);
    }
    return List.of(principal.isKey() ? AppRoles.KEY : AppRoles.TOKEN);
  }

  @Override
  public Map<String, Object> getAttributes() {
    return Map.of();
  }
}
