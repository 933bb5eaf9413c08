package io.tidegate.bench.scenario;

import io.tidegate.bench.gateway.MachineCpu;
import io.tidegate.bench.gateway.ServerProcess;
import io.tidegate.bench.net.LoopMeter;
import io.tidegate.bench.net.Loops;
import java.time.Duration;
import java.util.Optional;

/** Looks at clocks, counters and CPU times, twice, and tells the difference. */
final class Watch {
  private final Loops loops;
  private final Optional<ServerProcess> server;

  Watch(Loops loops, Optional<ServerProcess> server) {
    this.loops = loops;
    this.server = server;
  }

  /** What happens in so much time from now. */
  Sample sample(Duration time) throws InterruptedException {
    Look before = look();
    Thread.sleep(time.toMillis());
    return before.until(look());
  }

  /** A look to begin with; whatever was counted before it is dropped. */
  Look look() {
    return new Look(
        loops.take(),
        System.nanoTime(),
        server.map(ServerProcess::cpuSeconds).orElse(Double.NaN),
        server.map(ServerProcess::databaseCpuSeconds).orElse(0.0),
        MachineCpu.ownSeconds(),
        MachineCpu.busySeconds());
  }

  record Look(
      LoopMeter.Tally tally, long nanos, double server, double database, double own, double busy) {
    Sample until(Look later) {
      double serverCpu = later.server - server;
      double databaseCpu = later.database - database;
      double ownCpu = later.own - own;
      double known = ownCpu + databaseCpu + (Double.isNaN(serverCpu) ? 0 : serverCpu);
      return new Sample(
          (later.nanos - nanos) / 1e9,
          later.tally,
          serverCpu,
          databaseCpu,
          ownCpu,
          Math.max(0, later.busy - busy - known));
    }
  }
}
