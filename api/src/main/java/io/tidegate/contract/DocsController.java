package io.tidegate.contract;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/**
 * {@code GET /docs}: the HTTP reference, drawn in the browser by Redoc from the {@code
 * /openapi.yaml} of this very gateway. All of it is in the program; nothing is fetched elsewhere.
 */
@Controller("/docs")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.ALL)
class DocsController {
  /**
   * The page's own origin alone; the viewer writes its styles into the page, and the worker that
   * searches comes out of its own script.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
          + "img-src 'self' data:; font-src 'self' data:; worker-src blob:; base-uri 'none'; "
          + "form-action 'none'; frame-ancestors 'none'";

  /** Its maker's; where it cannot be shown the viewer leaves it out. */
  private static final String VIEWERS_LOGO = "https://cdn.redoc.ly/redoc/logo-mini.svg";

  private final DocsFile page = DocsFile.read("docs.html", "text/html; charset=utf-8");
  private final DocsFile script = DocsFile.read("docs.js", "text/javascript; charset=utf-8");
  private final DocsFile style = DocsFile.read("docs.css", "text/css; charset=utf-8");
  private final DocsFile viewer =
      DocsFile.zipped(
          "/META-INF/resources/webjars/redoc/2.5.1/redoc.standalone.js",
          "text/javascript; charset=utf-8",
          VIEWERS_LOGO,
          "data:,");
  private final DocsFile icon = DocsFile.read("icon.svg", "image/svg+xml");

  @Get
  HttpResponse<byte[]> page(HttpRequest<?> request) {
    return page.answer(request).header("Content-Security-Policy", POLICY);
  }

  @Get("/docs.js")
  HttpResponse<byte[]> script(HttpRequest<?> request) {
    return script.answer(request);
  }

  @Get("/docs.css")
  HttpResponse<byte[]> style(HttpRequest<?> request) {
    return style.answer(request);
  }

  @Get("/icon.svg")
  HttpResponse<byte[]> icon(HttpRequest<?> request) {
    return icon.answer(request);
  }

  /** Always gzipped, which every browser reads: 0.3 MB instead of 0.9. */
  @Get("/redoc.js")
  HttpResponse<byte[]> viewer(HttpRequest<?> request) {
    return viewer.answer(request).header(HttpHeaders.CONTENT_ENCODING, "gzip");
  }
}
