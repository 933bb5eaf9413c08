package io.tidegate.demo;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.settings.Settings;

/**
 * {@code GET /demo}: a page that publishes and listens with nothing but the public interfaces.
 * Without a demo none of it exists.
 */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.ALL)
class DemoPage {
  /** Scripts, styles and requests of the page's own origin, nothing else, and in no frame. */
  private static final String POLICY =
      "default-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'none'";

  private final Settings settings;
  private final PageFiles files;

  DemoPage(Settings settings, PageFiles files) {
    this.settings = settings;
    this.files = files;
  }

  @Get("/demo")
  HttpResponse<?> page(HttpRequest<?> request) {
    return serve(request, "demo.html");
  }

  @Get("/demo/{file}")
  HttpResponse<?> file(HttpRequest<?> request, @PathVariable String file) {
    return serve(request, file);
  }

  private HttpResponse<?> serve(HttpRequest<?> request, String name) {
    PageFiles.Found found = settings.demo() ? files.find(name) : null;
    if (found == null) {
      throw nothing();
    }
    boolean known = found.etag().equals(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH));
    MutableHttpResponse<?> answer =
        known
            ? HttpResponse.notModified()
            : HttpResponse.ok(found.bytes()).contentType(found.type());
    return answer
        .header(HttpHeaders.ETAG, found.etag())
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header("Content-Security-Policy", POLICY);
  }

  private static RefusedException nothing() {
    return new RefusedException(Refusal.NOT_FOUND, "There is nothing here.");
  }
}
