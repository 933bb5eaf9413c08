package io.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.web.router.Router;
import io.tidegate.TestGateway;
import io.tidegate.edge.EdgeRoute;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The router and the contract name the same routes. */
final class RoutesTest {
  /** Pages for people, not interfaces: free to change without a contract. */
  private static final Set<String> PAGES =
      Set.of(
          "GET /demo",
          "GET /demo/{}",
          "POST /demo/token",
          "GET /",
          "GET /console",
          "GET /console/{}",
          "GET /docs",
          "GET /docs/docs.css",
          "GET /docs/docs.js",
          "GET /docs/icon.svg",
          "GET /docs/redoc.js",
          "GET /docs/errors",
          "GET /docs/protocol");

  @Test
  void everyRouteIsInTheContractAndTheOtherWayRound() {
    try (TestGateway gateway = TestGateway.start("routes_test")) {
      Set<String> served =
          gateway
              .bean(Router.class)
              .uriRoutes()
              .filter(route -> !route.getHttpMethodName().equals("HEAD"))
              .map(route -> route.getHttpMethodName() + " " + plain(route.getUriMatchTemplate()))
              .collect(Collectors.toCollection(TreeSet::new));
      gateway
          .gateway()
          .context()
          .getBeansOfType(EdgeRoute.class)
          .forEach(route -> served.add("GET " + route.path()));
      served.removeAll(PAGES);
      Set<String> contract =
          OpenApiContract.load().routes().stream()
              .map(route -> route.method() + " " + plain(route.path()))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(served).isEqualTo(contract);
    }
  }

  /** {@code /health/live} and {@code /health/ready} are one route with a parameter. */
  private static String plain(Object template) {
    return template
        .toString()
        .replaceAll("\\{[^}]+}", "{}")
        .replaceAll("^/health/(live|ready)$", "/health/{}");
  }
}
