package io.tidegate.console;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.settings.Settings;
import java.net.URI;

/**
 * {@code GET /}: a browser is sent to the demo where there is one, else to the console. Nobody else
 * finds anything: upgrades and REST paths at the root are other protocols'.
 */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.ALL)
class HomeController {
  private final Settings settings;
  private final ConsoleFiles files;

  HomeController(Settings settings, ConsoleFiles files) {
    this.settings = settings;
    this.files = files;
  }

  @Get
  HttpResponse<?> home(HttpRequest<?> request) {
    boolean page = request.accept().contains(MediaType.TEXT_HTML_TYPE);
    boolean socket = "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeaders.UPGRADE));
    boolean somewhere = settings.demo() || files.page() != null;
    if (!somewhere || !page || socket) {
      throw new RefusedException(Refusal.NOT_FOUND, "There is nothing here.");
    }
    return HttpResponse.seeOther(URI.create(settings.demo() ? "/demo" : "/console"))
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
  }
}
