package io.tidegate.control;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.tidegate.json.Fields;
import io.tidegate.signin.Joining;

/** For who was sent a link. */
@Controller("/v1/invitations")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class InvitationController {
  private final Joining joining;

  InvitationController(Joining joining) {
    this.joining = joining;
  }

  @Post("/open")
  HttpResponse<byte[]> open(@Body byte[] body) {
    Fields fields = Fields.ofBody(body).require("invitation");
    String invitation = PeopleBodies.oneTime(fields, "invitation");
    fields.check();
    return Answer.ok(0, PeopleViews.of(joining.read(PeopleBodies.there(invitation))));
  }

  @Post("/accept")
  HttpResponse<byte[]> accept(HttpRequest<?> request, @Body byte[] body) {
    Fields fields = Fields.ofBody(body).require("invitation");
    String invitation = PeopleBodies.oneTime(fields, "invitation");
    String name = Bodies.name(fields);
    String password = PeopleBodies.password(fields, "password");
    fields.check();
    return SessionController.opened(
        joining.accept(
            PeopleBodies.there(invitation),
            SignedInBinder.of(request).orElse(null),
            name,
            password,
            SessionController.visit(request)));
  }
}
