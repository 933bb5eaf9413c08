package io.tidegate.control;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.rest.Pages;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.JdbcTenants;
import io.tidegate.tenant.store.Page;
import io.tidegate.usage.JdbcUsage;
import io.tidegate.usage.Unit;
import io.tidegate.usage.UsageQuery;
import io.tidegate.usage.UsageRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a tenant's apps used, as JSON or, where {@code Accept} asks for it, as CSV (RFC 4180). */
@Controller("/v1/tenants/{tenantId}/usage")
@ExecuteOn(TaskExecutors.BLOCKING)
class UsageController {
  private final JdbcTenants tenants;
  private final JdbcUsage usage;
  private final Pages pages;
  private final InstantSource clock;

  UsageController(JdbcTenants tenants, JdbcUsage usage, Pages pages, InstantSource clock) {
    this.tenants = tenants;
    this.usage = usage;
    this.pages = pages;
    this.clock = clock;
  }

  @Get
  @Secured(Roles.VIEWER)
  @Produces({MediaType.APPLICATION_JSON, UsageCsv.MEDIA_TYPE})
  HttpResponse<byte[]> read(Caller caller, HttpRequest<?> request, String tenantId) {
    TenantId tenant = tenants.read(caller, Asked.tenant(tenantId)).tenantId();
    UsageQuery query = query(tenant, request);
    int limit = Pages.limit(request);
    Page<UsageRow> page = Page.of(usage.read(query, after(request), limit + 1), limit);
    return wantsCsv(request)
        ? csv(request, page)
        : pages.answer(request, page, Views::of, UsageController::position);
  }

  private HttpResponse<byte[]> csv(HttpRequest<?> request, Page<UsageRow> page) {
    var response =
        HttpResponse.ok(UsageCsv.of(page.items()).getBytes(StandardCharsets.UTF_8))
            .contentType(MediaType.of(UsageCsv.MEDIA_TYPE));
    if (page.more()) {
      String next = pages.cursor(request, position(page.items().getLast()));
      response.header(HttpHeaders.LINK, Pages.link(request, next));
    }
    return response;
  }

  private static boolean wantsCsv(HttpRequest<?> request) {
    return request.accept().stream()
        .findFirst()
        .map(type -> type.matches(MediaType.of(UsageCsv.MEDIA_TYPE)) && !type.getType().equals("*"))
        .orElse(false);
  }

  private UsageQuery query(TenantId tenant, HttpRequest<?> request) {
    var given = request.getParameters();
    Unit unit = unit(given.get("unit"));
    Instant asked = Asked.time("end", given.get("end"));
    Instant end = asked == null ? clock.instant() : asked;
    Instant from = Asked.time("start", given.get("start"));
    Instant start = from == null ? end.minus(unit.shown()) : from;
    if (!start.isBefore(end)) {
      throw RefusedException.ofField(Refusal.FIELD_INVALID, "start", "must be before end");
    }
    return new UsageQuery(tenant, app(given.get("appId")), unit, start, end);
  }

  private static Unit unit(@Nullable String text) {
    return Arrays.stream(Unit.values())
        .filter(unit -> unit.wireName().equals(text == null ? Unit.HOUR.wireName() : text))
        .findFirst()
        .orElseThrow(
            () ->
                RefusedException.ofField(
                    Refusal.FIELD_INVALID, "unit", "must be minute, hour, day or month"));
  }

  /** An app of somebody else has no rows in this tenant, just as one that never was. */
  private static @Nullable AppId app(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (!AppId.isValid(text)) {
      throw RefusedException.ofField(Refusal.FIELD_INVALID, "appId", "must be an app's id");
    }
    return new AppId(text);
  }

  private UsageRow.@Nullable Key after(HttpRequest<?> request) {
    String after = pages.after(request);
    if (after == null) {
      return null;
    }
    int colon = after.indexOf(':');
    Instant start = Instant.ofEpochSecond(Long.parseLong(after.substring(0, colon)));
    return new UsageRow.Key(start, Long.parseLong(after.substring(colon + 1)));
  }

  private static String position(UsageRow row) {
    return row.start().getEpochSecond() + ":" + row.app().value();
  }
}
