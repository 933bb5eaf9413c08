package io.tidegate.faults;

import io.tidegate.bench.gateway.ControlPlane;
import io.tidegate.faults.fault.Fault.Begins;
import io.tidegate.faults.load.Customers;
import io.tidegate.faults.world.Cluster;
import io.tidegate.faults.world.Launch;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * The cluster that runs are made on. One after the other is made on the same, with tenants of its
 * own, as long as no promise was broken on it.
 */
final class Stand implements AutoCloseable {
  /** Rules that decide where a channel is kept take effect 10 s after they were made. */
  private static final long IN_EFFECT_MILLIS = 12_000;

  private final Path folder;
  private final Launch now;
  private final Optional<Launch> before;
  private final int ahead;
  private final ArrayDeque<Customers> waiting = new ArrayDeque<>();
  private Optional<Cluster> cluster = Optional.empty();

  /** What the nodes of the cluster were begun as. */
  private Begins begun = Begins.NOW;

  /**
   * @param before the version before, for what is about a change of it
   * @param ahead for so many runs tenants are made at once
   */
  Stand(Path folder, Launch now, Optional<Launch> before, int ahead) {
    this.folder = folder;
    this.now = now;
    this.before = before;
    this.ahead = ahead;
  }

  /** One that is well, and nodes of which are what a fault begins with. */
  Cluster cluster(Begins begins) throws Exception {
    if (begins == Begins.BEFORE || begun == Begins.BEFORE) {
      // The schema is to be made by what begins.
      close();
    }
    if (cluster.isEmpty()) {
      begun = begins;
      Path to = Folders.emptied(folder);
      cluster =
          Optional.of(
              begins == Begins.NOW
                  ? Cluster.start(to, now)
                  : Cluster.start(to, before.orElseThrow(), now));
    }
    return cluster.orElseThrow();
  }

  /** Of the next run on the cluster that there is; their rules are in effect. */
  Customers customers(Begins begins) throws Exception {
    if (waiting.isEmpty()) {
      ControlPlane control = new ControlPlane(cluster.orElseThrow());
      int many = begins == Begins.BEFORE ? 1 : ahead;
      for (int i = 0; i < many; i++) {
        waiting.add(Customers.make(control));
      }
      Thread.sleep(IN_EFFECT_MILLIS);
    }
    return waiting.remove();
  }

  /** Where its parts are; there is nothing before its first cluster. */
  Path folder() {
    return folder;
  }

  /** Ends it; the next run is made on another. */
  @Override
  public void close() {
    cluster.ifPresent(Cluster::close);
    cluster = Optional.empty();
    waiting.clear();
  }
}
