package io.tidegate.control;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.account.Email;
import io.tidegate.account.store.JdbcOperators;
import io.tidegate.account.store.Link;
import io.tidegate.account.store.Operator;
import io.tidegate.json.Fields;
import io.tidegate.rest.Pages;
import io.tidegate.signin.Sessions;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.AuditEvent;
import io.tidegate.tenant.store.JdbcAudit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who may everything, and what was done outside of tenants. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(Roles.OPERATOR)
class OperatorController {
  private final JdbcOperators operators;
  private final JdbcAudit audit;
  private final Sessions sessions;
  private final Edge edge;
  private final Pages pages;

  OperatorController(
      JdbcOperators operators, JdbcAudit audit, Sessions sessions, Edge edge, Pages pages) {
    this.operators = operators;
    this.audit = audit;
    this.sessions = sessions;
    this.edge = edge;
    this.pages = pages;
  }

  @Post("/operators")
  HttpResponse<byte[]> invite(Caller caller, HttpRequest<?> request, @Body byte[] body) {
    Fields fields = Fields.ofBody(body).require("email");
    Email email = PeopleBodies.email(fields);
    fields.check();
    return edge.once(
        caller,
        request,
        body,
        () -> {
          Link<Operator> link = operators.invite(caller, PeopleBodies.there(email));
          Map<String, @Nullable Object> view = PeopleViews.of(link.of());
          view.put("invitationUrl", PeopleViews.url(request, link));
          return Answer.of(HttpStatus.CREATED, 0, view);
        });
  }

  @Get("/operators")
  HttpResponse<byte[]> list(HttpRequest<?> request) {
    return pages.byOrdinal(request, operators::list, PeopleViews::of, Operator::ordinal);
  }

  @Delete("/operators/{operatorId}")
  HttpResponse<byte[]> remove(Caller caller, String operatorId) {
    operators.remove(caller, Asked.uuid(operatorId));
    sessions.changed();
    return Answer.noContent();
  }

  @Get("/audit-events")
  HttpResponse<byte[]> events(HttpRequest<?> request) {
    return pages.answer(
        request,
        audit.list(
            JdbcAudit.INSTALLATION, Pages.limit(request), pages.after(request, Long.MAX_VALUE)),
        Views::of,
        AuditEvent::ordinal);
  }
}
