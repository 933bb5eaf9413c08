package io.tidegate.control;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.account.SignedIn;
import io.tidegate.auth.ConsoleTokens;
import io.tidegate.channel.AppId;
import io.tidegate.json.Fields;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Role;
import io.tidegate.tenant.StoredJson;
import io.tidegate.tenant.store.Absent;
import io.tidegate.tenant.store.AppEntry;
import io.tidegate.tenant.store.JdbcApps;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a person's page shows to the data plane of an app. */
@Controller("/v1/session/app-token")
@ExecuteOn(TaskExecutors.BLOCKING)
class AppTokenController {
  private static final int MAX_APP_ID = 32;

  private final JdbcApps apps;
  private final ConsoleTokens tokens;

  AppTokenController(JdbcApps apps, ConsoleTokens tokens) {
    this.apps = apps;
    this.tokens = tokens;
  }

  @Post
  @Secured(Roles.ACCOUNT)
  HttpResponse<byte[]> create(SignedIn who, @Body byte[] body) {
    Fields fields = Fields.ofBody(body).require("appId");
    String asked = fields.text("appId", 1, MAX_APP_ID);
    fields.check();
    AppId id = Asked.app(PeopleBodies.there(asked));
    // Of any tenant: what is absent takes the same work as what is another's.
    AppEntry app = apps.read(Caller.SYSTEM, id);
    Role role = who.roleIn(app.tenant());
    if (role == null) {
      throw Absent.refusal();
    }
    ConsoleTokens.Minted minted = tokens.mint(id, app.tenant(), role, who.account().toString());
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("token", minted.token());
    view.put("appId", id.value());
    view.put("capabilities", StoredJson.ofCapabilities(minted.capabilities()));
    view.put("expiresAt", Times.text(minted.expiresAt()));
    return Answer.of(HttpStatus.CREATED, 0, view).toHttp();
  }
}
