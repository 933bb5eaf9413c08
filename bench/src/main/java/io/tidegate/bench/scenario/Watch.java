package io.tidegate.bench.scenario;

import io.tidegate.bench.gateway.MachineCpu;
import io.tidegate.bench.gateway.ServerProcess;
import io.tidegate.bench.net.LoopMeter;
import io.tidegate.bench.net.Loops;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Looks at clocks, counters and CPU times, twice, and tells the difference. */
final class Watch {
  private final Loops loops;
  private final List<ServerProcess> servers;
  private final Optional<ServerProcess> redis;

  /**
   * @param servers the nodes, none when they are not known
   * @param redis what links them, when it is known
   */
  Watch(Loops loops, List<ServerProcess> servers, Optional<ServerProcess> redis) {
    this.loops = loops;
    this.servers = servers;
    this.redis = redis;
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
        servers.isEmpty() ? Double.NaN : sum(ServerProcess::cpuSeconds),
        sum(ServerProcess::databaseCpuSeconds),
        redis.map(ServerProcess::cpuSeconds).orElse(Double.NaN),
        MachineCpu.ownSeconds(),
        MachineCpu.busySeconds());
  }

  private double sum(ToDoubleFunction<ServerProcess> reading) {
    return servers.stream().mapToDouble(reading).sum();
  }

  record Look(
      LoopMeter.Tally tally,
      long nanos,
      double server,
      double database,
      double redis,
      double own,
      double busy) {
    Sample until(Look later) {
      double serverCpu = later.server - server;
      double databaseCpu = later.database - database;
      double redisCpu = later.redis - redis;
      double ownCpu = later.own - own;
      double known = ownCpu + databaseCpu + orZero(redisCpu) + orZero(serverCpu);
      return new Sample(
          (later.nanos - nanos) / 1e9,
          later.tally,
          serverCpu,
          databaseCpu,
          redisCpu,
          ownCpu,
          Math.max(0, later.busy - busy - known));
    }

    private static double orZero(double seconds) {
      return Double.isNaN(seconds) ? 0 : seconds;
    }
  }
}
