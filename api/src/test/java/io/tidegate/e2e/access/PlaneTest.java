package io.tidegate.e2e.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidegate.contract.Route;
import io.tidegate.e2e.rest.Judge;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlaneTest {
  @Test
  void everyRouteOfTheContractIsOnOne() {
    assertThat(Judge.routes()).extracting(Plane::of).contains(Plane.values());
  }

  @Test
  void aRouteThatSaysTooLittleIsOnNone() {
    unclassified(route("new", null, null));
    unclassified(route("new", "viewer", null));
    unclassified(route("new", null, "publish"));
    unclassified(route("new", null, null, "key"));
    unclassified(route("new", null, null, "none", "session"));
    unclassified(route("new", null, null, "none"));
  }

  @Test
  void aRouteOfTwoPlanesIsOnNone() {
    unclassified(route("new", "viewer", "publish", "key"));
    unclassified(route("new", "viewer", null, "controlToken", "key"));
    unclassified(route("new", null, "publish", "key", "controlToken"));
    unclassified(route("new", null, "publish", "key", "none"));
    unclassified(route("new", null, "publish", "key", "session"));
    unclassified(route("new", null, "dance", "key"));
  }

  private static void unclassified(Route route) {
    ThrowingCallable classing = () -> Plane.of(route);
    assertThatExceptionOfType(AssertionError.class).isThrownBy(classing);
  }

  private static Route route(
      String id, @Nullable String role, @Nullable String operation, String... credentials) {
    return new Route("GET", "/v1/new", id, role, operation, List.of(credentials), false, null);
  }
}
