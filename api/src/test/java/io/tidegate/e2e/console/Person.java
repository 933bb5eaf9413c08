package io.tidegate.e2e.console;

import io.tidegate.auth.ConsoleTokens;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.tenant.Role;
import java.util.UUID;

/** Somebody with a role in the app's tenant, at the gateway of this JVM. */
record Person(TestApp app, Role role) {
  static final String ACCOUNT = "0197f3c2-6b1e-7c3a-9d52-3f1f8a2b4c5d";

  String token() {
    return SharedGateway.bean(ConsoleTokens.class)
        .mint(new AppId(app.id()), new TenantId(UUID.fromString(app.tenantId())), role, ACCOUNT)
        .token();
  }

  Credential credential() {
    return Credential.bearer(token());
  }

  Rest rest() {
    return new Rest(app.target(), credential());
  }
}
