package io.tidegate.control;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.tidegate.account.Email;
import io.tidegate.account.SignedIn;
import io.tidegate.account.store.JdbcSessions;
import io.tidegate.account.store.JdbcSessions.Opened;
import io.tidegate.account.store.JdbcSessions.Visit;
import io.tidegate.json.Fields;
import io.tidegate.rest.Pages;
import io.tidegate.rest.Peers;
import io.tidegate.rest.RequestIds;
import io.tidegate.signin.Profile;
import io.tidegate.signin.Sessions;
import io.tidegate.signin.SignIn;
import io.tidegate.tenant.Caller;

/** Signing in and out, and what people change of themselves. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
class SessionController {
  private final SignIn signIn;
  private final Profile profile;
  private final Sessions sessions;
  private final JdbcSessions store;
  private final Pages pages;

  SessionController(
      SignIn signIn, Profile profile, Sessions sessions, JdbcSessions store, Pages pages) {
    this.signIn = signIn;
    this.profile = profile;
    this.sessions = sessions;
    this.store = store;
    this.pages = pages;
  }

  @Post("/session")
  @Secured(SecurityRule.IS_ANONYMOUS)
  HttpResponse<byte[]> signIn(HttpRequest<?> request, @Body byte[] body) {
    Fields fields = Fields.ofBody(body);
    Email email = PeopleBodies.email(fields);
    String password = PeopleBodies.password(fields, "password");
    String code = PeopleBodies.code(fields);
    String link = PeopleBodies.oneTime(fields, "link");
    if (fields.has("link")) {
      for (String other : new String[] {"email", "password", "code"}) {
        if (fields.has(other)) {
          fields.fault(other, "stands alone; a link needs nothing else");
        }
      }
    } else {
      fields.require("email", "password");
    }
    fields.check();
    Visit visit = visit(request);
    return opened(
        link == null
            ? signIn.withPassword(
                PeopleBodies.there(email), PeopleBodies.there(password), code, visit)
            : signIn.withLink(link, visit));
  }

  @Get("/session")
  @Secured(Roles.ACCOUNT)
  HttpResponse<byte[]> read(SignedIn who) {
    return Answer.ok(0, PeopleViews.of(who));
  }

  @Patch("/session")
  @Secured(Roles.ACCOUNT)
  HttpResponse<byte[]> update(Caller caller, SignedIn who, @Body byte[] body) {
    Fields fields = Bodies.change(body);
    String name = Bodies.name(fields);
    Email email = PeopleBodies.email(fields);
    fields.check();
    profile.update(caller, who, name, email);
    return Answer.ok(0, PeopleViews.of(sessions.find(who.session()).orElse(who)));
  }

  @Delete("/session")
  @Secured(Roles.ACCOUNT)
  HttpResponse<byte[]> signOut(Caller caller, SignedIn who) {
    store.end(caller, who.account(), who.session());
    sessions.changed();
    return Cookies.end(HttpResponse.noContent());
  }

  @Put("/session/password")
  @Secured(Roles.ACCOUNT)
  HttpResponse<byte[]> setPassword(
      Caller caller, SignedIn who, HttpRequest<?> request, @Body byte[] body) {
    Fields fields = Fields.ofBody(body).require("password");
    String current = PeopleBodies.password(fields, "current");
    String password = PeopleBodies.password(fields, "password");
    fields.check();
    profile.setPassword(
        caller, who, Peers.of(request).address(), current, PeopleBodies.there(password));
    return Answer.noContent();
  }

  @Get("/sessions")
  @Secured(Roles.ACCOUNT)
  HttpResponse<byte[]> list(SignedIn who, HttpRequest<?> request) {
    return pages.answer(
        request,
        store.list(who.account()).stream().map(one -> PeopleViews.of(one, who)).toList(),
        null);
  }

  @Delete("/sessions/{sessionId}")
  @Secured(Roles.ACCOUNT)
  HttpResponse<byte[]> end(Caller caller, SignedIn who, String sessionId) {
    store.end(caller, who.account(), Asked.uuid(sessionId));
    sessions.changed();
    return Answer.noContent();
  }

  static HttpResponse<byte[]> opened(Opened opened) {
    return Cookies.set(
        Answer.of(HttpStatus.CREATED, 0, PeopleViews.of(opened.session())).toHttp(), opened.text());
  }

  static Visit visit(HttpRequest<?> request) {
    String agent = request.getHeaders().get(HttpHeaders.USER_AGENT);
    return new Visit(
        Peers.of(request).address(), agent, Cookies.text(request), RequestIds.of(request));
  }
}
