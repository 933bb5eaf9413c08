package io.tidegate.control;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.account.Email;
import io.tidegate.account.store.JdbcMembers;
import io.tidegate.account.store.Link;
import io.tidegate.account.store.Member;
import io.tidegate.channel.TenantId;
import io.tidegate.json.Fields;
import io.tidegate.rest.Pages;
import io.tidegate.signin.Sessions;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The people of a tenant. */
@Controller("/v1/tenants/{tenantId}/members")
@ExecuteOn(TaskExecutors.BLOCKING)
class MemberController {
  private final JdbcMembers members;
  private final Sessions sessions;
  private final Edge edge;
  private final Pages pages;

  MemberController(JdbcMembers members, Sessions sessions, Edge edge, Pages pages) {
    this.members = members;
    this.sessions = sessions;
    this.edge = edge;
    this.pages = pages;
  }

  @Post
  @Secured(Roles.OWNER)
  HttpResponse<byte[]> invite(
      Caller caller, HttpRequest<?> request, String tenantId, @Body byte[] body) {
    TenantId tenant = Asked.tenant(tenantId);
    Fields fields = Fields.ofBody(body).require("email", "role");
    Email email = PeopleBodies.email(fields);
    Role role = PeopleBodies.role(fields);
    fields.check();
    return edge.once(
        caller,
        request,
        body,
        () -> {
          Link<Member> link = members.invite(caller, tenant, PeopleBodies.there(email), role);
          Map<String, @Nullable Object> view = PeopleViews.of(link.of());
          view.put("invitationUrl", PeopleViews.url(request, link));
          return Answer.of(HttpStatus.CREATED, 0, view);
        });
  }

  @Get
  @Secured(Roles.VIEWER)
  HttpResponse<byte[]> list(Caller caller, HttpRequest<?> request, String tenantId) {
    return pages.byOrdinal(
        request,
        (limit, after) -> members.list(caller, Asked.tenant(tenantId), limit, after),
        PeopleViews::of,
        Member::ordinal);
  }

  @Patch("/{memberId}")
  @Secured(Roles.OWNER)
  HttpResponse<byte[]> update(Caller caller, String tenantId, String memberId, @Body byte[] body) {
    TenantId tenant = Asked.tenant(tenantId);
    Fields fields = Fields.ofBody(body).require("role");
    Role role = PeopleBodies.role(fields);
    fields.check();
    Member member = members.update(caller, tenant, Asked.uuid(memberId), role);
    sessions.changed();
    return Answer.ok(0, PeopleViews.of(member));
  }

  @Delete("/{memberId}")
  @Secured(Roles.OWNER)
  HttpResponse<byte[]> remove(Caller caller, String tenantId, String memberId) {
    members.remove(caller, Asked.tenant(tenantId), Asked.uuid(memberId));
    sessions.changed();
    return Answer.noContent();
  }

  @Post("/{memberId}/invitation")
  @Secured(Roles.OWNER)
  HttpResponse<byte[]> renew(
      Caller caller, HttpRequest<?> request, String tenantId, String memberId) {
    Link<Member> link = members.renew(caller, Asked.tenant(tenantId), Asked.uuid(memberId));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("invitationUrl", PeopleViews.url(request, link));
    view.put("expiresAt", Times.text(link.expiresAt()));
    return Answer.of(HttpStatus.CREATED, 0, view).toHttp();
  }
}
