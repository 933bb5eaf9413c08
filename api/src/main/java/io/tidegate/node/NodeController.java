package io.tidegate.node;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.control.RatesView;
import io.tidegate.pulse.Neighbours;
import io.tidegate.pulse.NodePulse;
import io.tidegate.pulse.Pulse;
import io.tidegate.rest.Pages;
import io.tidegate.tenant.store.Page;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/nodes}: for operators. */
@Controller("/v1/nodes")
@Secured("operator")
@ExecuteOn(TaskExecutors.BLOCKING)
class NodeController {
  private final JdbcNodes nodes;
  private final Pages pages;
  private final NodeName own;
  private final Pulse pulse;
  private final Neighbours neighbours;
  private final InstantSource clock;

  NodeController(
      JdbcNodes nodes,
      Pages pages,
      NodeName own,
      Pulse pulse,
      Neighbours neighbours,
      InstantSource clock) {
    this.nodes = nodes;
    this.pages = pages;
    this.own = own;
    this.pulse = pulse;
    this.neighbours = neighbours;
    this.clock = clock;
  }

  @Get
  HttpResponse<byte[]> list(HttpRequest<?> request) {
    int limit = Pages.limit(request);
    String after = pages.after(request);
    Map<String, NodePulse> pulses = neighbours.nodes();
    return pages.answer(
        request,
        Page.of(nodes.list(after == null ? "" : after, limit + 1), limit),
        node -> view(node, pulses),
        JdbcNodes.Node::id);
  }

  private Map<String, @Nullable Object> view(JdbcNodes.Node node, Map<String, NodePulse> pulses) {
    NodePulse now =
        node.id().equals(own.value())
            ? NodePulse.of(pulse, clock.instant())
            : node.live() ? pulses.get(node.id()) : null;
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", node.id());
    view.put("startedAt", node.startedAt().toString());
    view.put("version", node.version());
    view.put("connections", node.connections());
    view.put("live", node.live());
    view.put("figures", now == null ? null : figures(now));
    return view;
  }

  private static Map<String, @Nullable Object> figures(NodePulse now) {
    Map<String, @Nullable Object> view = RatesView.of(now.rates());
    view.put("heapUsedBytes", now.heapUsed());
    view.put("heapMaxBytes", now.heapMax());
    view.put("at", now.at().truncatedTo(ChronoUnit.MILLIS).toString());
    return view;
  }
}
