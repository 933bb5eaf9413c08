package io.tidegate.contract;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * {@code GET /openapi.yaml}, {@code /asyncapi.yaml}, {@code /docs/errors} and {@code
 * /docs/protocol}: the files of the repository as they were when this gateway was built.
 */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
class ContractController {
  private static final String YAML = "application/yaml";

  /** As text: browsers show it, and its anchors are in the page for whoever searches. */
  private static final String MARKDOWN = "text/markdown; charset=utf-8";

  private final byte[] openapi = read("openapi.yaml");
  private final byte[] asyncapi = read("asyncapi.yaml");
  private final byte[] errors = read("errors.md");
  private final byte[] protocol = read("protocol.md");

  @Get(value = "/openapi.yaml", produces = YAML)
  HttpResponse<byte[]> openapi() {
    return cacheable(openapi);
  }

  @Get(value = "/asyncapi.yaml", produces = YAML)
  HttpResponse<byte[]> asyncapi() {
    return cacheable(asyncapi);
  }

  @Get(value = "/docs/errors", produces = MARKDOWN)
  HttpResponse<byte[]> errors() {
    return cacheable(errors);
  }

  @Get(value = "/docs/protocol", produces = MARKDOWN)
  HttpResponse<byte[]> protocol() {
    return cacheable(protocol);
  }

  private static HttpResponse<byte[]> cacheable(byte[] file) {
    return HttpResponse.ok(file).header(HttpHeaders.CACHE_CONTROL, "public, max-age=300");
  }

  private static byte[] read(String name) {
    try (InputStream file = ContractController.class.getResourceAsStream("/contract/" + name)) {
      if (file == null) {
        throw new IllegalStateException("the program was built without " + name);
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
