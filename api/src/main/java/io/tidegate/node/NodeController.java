package io.tidegate.node;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.rest.Pages;
import io.tidegate.tenant.store.Page;
import java.util.Map;

/** {@code GET /v1/nodes}: for operators. */
@Controller("/v1/nodes")
@Secured("operator")
@ExecuteOn(TaskExecutors.BLOCKING)
class NodeController {
  private final JdbcNodes nodes;
  private final Pages pages;

  NodeController(JdbcNodes nodes, Pages pages) {
    this.nodes = nodes;
    this.pages = pages;
  }

  @Get
  HttpResponse<byte[]> list(HttpRequest<?> request) {
    int limit = Pages.limit(request);
    String after = pages.after(request);
    return pages.answer(
        request,
        Page.of(nodes.list(after == null ? "" : after, limit + 1), limit),
        NodeController::view,
        JdbcNodes.Node::id);
  }

  private static Map<String, ?> view(JdbcNodes.Node node) {
    return Map.of(
        "id", node.id(),
        "startedAt", node.startedAt().toString(),
        "version", node.version(),
        "connections", node.connections(),
        "live", node.live());
  }
}
