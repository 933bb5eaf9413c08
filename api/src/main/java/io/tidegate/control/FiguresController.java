package io.tidegate.control;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.channel.AppId;
import io.tidegate.pulse.Neighbours;
import io.tidegate.pulse.Pulse;
import io.tidegate.pulse.Rates;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.store.JdbcApps;
import io.tidegate.tenant.store.JdbcTenants;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes on now in an app, and in a tenant's apps together. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
class FiguresController {
  private final JdbcApps apps;
  private final JdbcTenants tenants;
  private final Directory directory;
  private final Pulse pulse;
  private final Neighbours neighbours;
  private final InstantSource clock;

  FiguresController(
      JdbcApps apps,
      JdbcTenants tenants,
      Directory directory,
      Pulse pulse,
      Neighbours neighbours,
      InstantSource clock) {
    this.apps = apps;
    this.tenants = tenants;
    this.directory = directory;
    this.pulse = pulse;
    this.neighbours = neighbours;
    this.clock = clock;
  }

  @Get("/apps/{appId}/figures")
  @Secured(Roles.VIEWER)
  HttpResponse<byte[]> ofApp(Caller caller, String appId) {
    return answer(List.of(apps.read(caller, Asked.app(appId)).appId()));
  }

  @Get("/tenants/{tenantId}/figures")
  @Secured(Roles.VIEWER)
  HttpResponse<byte[]> ofTenant(Caller caller, String tenantId) {
    return answer(directory.apps(tenants.read(caller, Asked.tenant(tenantId)).tenantId()));
  }

  private HttpResponse<byte[]> answer(Collection<AppId> some) {
    Rates sum = neighbours.sum(some);
    for (AppId app : some) {
      sum = sum.plus(pulse.of(app));
    }
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("connections", sum.connections());
    view.putAll(RatesView.of(sum));
    view.put("at", Times.text(clock.instant()));
    return Answer.ok(0, view);
  }
}
