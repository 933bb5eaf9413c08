package io.tidegate.control;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.channel.AppId;
import io.tidegate.channel.Namespace;
import io.tidegate.json.Fields;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.rest.Pages;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.Absent;
import io.tidegate.tenant.store.JdbcNamespaces;
import io.tidegate.tenant.store.NamespaceEntry;
import java.util.regex.Pattern;

/** Rules for channels by pattern. */
@Controller("/v1/apps/{appId}/namespaces")
@ExecuteOn(TaskExecutors.BLOCKING)
class NamespaceController {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  private final JdbcNamespaces namespaces;
  private final Pages pages;

  NamespaceController(JdbcNamespaces namespaces, Pages pages) {
    this.namespaces = namespaces;
    this.pages = pages;
  }

  @Get
  @Secured(Roles.VIEWER)
  HttpResponse<byte[]> list(Caller caller, HttpRequest<?> request, String appId) {
    String after = pages.after(request);
    return pages.answer(
        request,
        namespaces.list(caller, Asked.app(appId), Pages.limit(request), after == null ? "" : after),
        Views::of,
        NamespaceEntry::name);
  }

  @Get("/{name}")
  @Secured(Roles.VIEWER)
  HttpResponse<byte[]> read(Caller caller, String appId, String name) {
    NamespaceEntry entry = namespaces.read(caller, Asked.app(appId), known(name));
    return Answer.ok(entry.version(), Views.of(entry));
  }

  @Put("/{name}")
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> put(
      Caller caller, HttpRequest<?> request, String appId, String name, @Body byte[] body) {
    AppId app = Asked.app(appId);
    if (!NAME.matcher(name).matches()) {
      throw RefusedException.ofField(
          Refusal.FIELD_INVALID, "name", "must be 1 to 64 of letters, digits, _ and -");
    }
    Fields fields = Fields.ofBody(body);
    Namespace rules = Bodies.namespace(fields, name);
    fields.check();
    JdbcNamespaces.Put put =
        Asked.onlyNew(request)
            ? namespaces.create(caller, app, rules)
            : namespaces.put(caller, app, Asked.ifMatch(request), rules);
    HttpStatus status = put.created() ? HttpStatus.CREATED : HttpStatus.OK;
    return Answer.of(status, put.entry().version(), Views.of(put.entry())).toHttp();
  }

  @Delete("/{name}")
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> delete(Caller caller, HttpRequest<?> request, String appId, String name) {
    namespaces.delete(caller, Asked.app(appId), known(name), Asked.ifMatch(request));
    return Answer.noContent();
  }

  private static String known(String name) {
    if (!NAME.matcher(name).matches()) {
      throw Absent.refusal();
    }
    return name;
  }
}
