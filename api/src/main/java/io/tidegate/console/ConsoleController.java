package io.tidegate.console;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /console} and everything under it: the app's files where there is one of that name,
 * else its one page, which reads the address by itself. Asks for no credential: there is nothing of
 * anybody's in it.
 */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.ALL)
class ConsoleController {
  private static final String ASSETS = "assets/";

  /** Their names change with what is in them. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private static final String NOT_BUILT =
      "Tidegate's console is not in this program. `make build` puts it in when Node.js 20 or newer is"
          + " on the PATH.\nEverything that it does, the API does too: see /docs.\n";

  private final ConsoleFiles files;
  private final PagePolicy policy = new PagePolicy();

  ConsoleController(ConsoleFiles files) {
    this.files = files;
  }

  @Get("/console")
  HttpResponse<?> page() {
    return index();
  }

  @Get("/console/{+path}")
  HttpResponse<?> under(HttpRequest<?> request, String path) {
    Asset asset = files.find(path);
    if (asset != null && !path.equals("index.html")) {
      return answer(request, asset, path.startsWith(ASSETS) ? FOR_EVER : "no-cache");
    }
    if (path.startsWith(ASSETS)) {
      // An old page asks for what a newer build has no more: that it learns by the status.
      throw new RefusedException(Refusal.NOT_FOUND, "There is nothing here.");
    }
    return index();
  }

  private HttpResponse<?> index() {
    String page = files.page();
    if (page == null) {
      return HttpResponse.status(HttpStatus.NOT_FOUND)
          .body(NOT_BUILT)
          .contentType("text/plain; charset=utf-8")
          .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    String nonce = policy.nonce();
    MutableHttpResponse<?> answer =
        HttpResponse.ok(page.replace(PagePolicy.PLACEHOLDER, nonce))
            .contentType("text/html; charset=utf-8")
            .header(HttpHeaders.CACHE_CONTROL, "no-store");
    PagePolicy.set(answer, nonce);
    return answer;
  }

  private static HttpResponse<?> answer(HttpRequest<?> request, Asset asset, String cache) {
    HttpHeaders headers = request.getHeaders();
    Asset.Body body = asset.body(headers.getAll(HttpHeaders.ACCEPT_ENCODING));
    MutableHttpResponse<?> answer =
        knows(headers.get(HttpHeaders.IF_NONE_MATCH), body)
            ? HttpResponse.notModified()
            : HttpResponse.ok(body.bytes()).contentType(asset.type());
    if (body.coding() != Asset.Coding.PLAIN && answer.code() == HttpStatus.OK.getCode()) {
      answer.header(HttpHeaders.CONTENT_ENCODING, body.coding().wireName());
    }
    return answer
        .header(HttpHeaders.ETAG, body.etag())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
        .header(HttpHeaders.CACHE_CONTROL, cache)
        .header("Cross-Origin-Resource-Policy", "same-origin");
  }

  private static boolean knows(@Nullable String ifNoneMatch, Asset.Body body) {
    return ifNoneMatch != null && ifNoneMatch.contains(body.etag());
  }
}
