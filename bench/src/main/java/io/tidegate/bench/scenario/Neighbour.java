package io.tidegate.bench.scenario;

import io.tidegate.bench.gateway.App;
import io.tidegate.bench.gateway.ControlPlane;
import io.tidegate.bench.gateway.Gateway;
import io.tidegate.bench.gateway.NamespaceRules;
import io.tidegate.bench.net.Loops;
import java.io.IOException;
import java.util.Map;

/**
 * Another tenant on the same gateway. It has an event loop of its own, so that what it does is not
 * in the tally of the others.
 */
record Neighbour(ControlPlane control, App app, Loops loops, Lab lab) implements AutoCloseable {
  static Neighbour movesIn(Gateway gateway, Map<String, Integer> limits)
      throws IOException, InterruptedException {
    ControlPlane control = new ControlPlane(gateway);
    App app = control.createApp(NamespaceRules.EVERY_CLASS, limits);
    Loops loops = new Loops(1);
    return new Neighbour(control, app, loops, new Lab(gateway, app, loops));
  }

  /** Ends its connections and deletes it. */
  @Override
  public void close() throws IOException, InterruptedException {
    loops.close();
    control.delete(app);
  }
}
