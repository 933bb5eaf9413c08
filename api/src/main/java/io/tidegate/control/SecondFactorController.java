package io.tidegate.control;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.account.SignedIn;
import io.tidegate.json.Fields;
import io.tidegate.rest.Peers;
import io.tidegate.signin.Profile;
import io.tidegate.signin.SecondFactor;
import io.tidegate.tenant.Caller;
import java.util.Map;

/** The second factor of who is signed in. */
@Controller("/v1/session/second-factor")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(Roles.ACCOUNT)
class SecondFactorController {
  private final Profile profile;

  SecondFactorController(Profile profile) {
    this.profile = profile;
  }

  @Post
  HttpResponse<byte[]> begin(SignedIn who, HttpRequest<?> request, @Body byte[] body) {
    Fields fields = Fields.ofBody(body).require("password");
    String password = PeopleBodies.password(fields, "password");
    fields.check();
    SecondFactor.Begun begun =
        profile.beginSecondFactor(who, Peers.of(request).address(), PeopleBodies.there(password));
    return Answer.of(HttpStatus.CREATED, 0, Map.of("secret", begun.secret(), "uri", begun.uri()))
        .toHttp();
  }

  @Put
  HttpResponse<byte[]> confirm(
      Caller caller, SignedIn who, HttpRequest<?> request, @Body byte[] body) {
    Fields fields = Fields.ofBody(body).require("code");
    String code = PeopleBodies.code(fields);
    fields.check();
    return Answer.ok(
        0,
        Map.of(
            "recoveryCodes",
            profile.confirmSecondFactor(
                caller, who, Peers.of(request).address(), PeopleBodies.there(code))));
  }

  @Post("/remove")
  HttpResponse<byte[]> remove(
      Caller caller, SignedIn who, HttpRequest<?> request, @Body byte[] body) {
    Fields fields = Fields.ofBody(body).require("password", "code");
    String password = PeopleBodies.password(fields, "password");
    String code = PeopleBodies.code(fields);
    fields.check();
    profile.removeSecondFactor(
        caller,
        who,
        Peers.of(request).address(),
        PeopleBodies.there(password),
        PeopleBodies.there(code));
    return Answer.noContent();
  }
}
