package io.tidegate.bench.scenario;

import io.tidegate.bench.net.LoopMeter;

/**
 * What happened between two looks.
 *
 * @param seconds between them
 * @param tally what the loops counted
 * @param serverCpu seconds of the gateway, of all its nodes; NaN when its process is not known
 * @param databaseCpu seconds of its embedded database
 * @param redisCpu seconds of what links the nodes; NaN when there is none
 * @param ownCpu seconds of the generator
 * @param otherCpu seconds of everything else on the machine
 */
record Sample(
    double seconds,
    LoopMeter.Tally tally,
    double serverCpu,
    double databaseCpu,
    double redisCpu,
    double ownCpu,
    double otherCpu) {
  private static final double MILLION = 1e6;

  /** Messages received per second. */
  double deliveriesPerSecond() {
    return tally.messages() / seconds;
  }

  /** CPU seconds of the gateway per million of {@code count}. */
  double serverCpuPerMillion(long count) {
    return serverCpu / (count / MILLION);
  }

  /** Milliseconds from publish to receive, at a percentile. */
  double latencyMs(double percentile) {
    return tally.latency().getValueAtPercentile(percentile) / MILLION;
  }

  /** Milliseconds from request to answer, at a percentile. */
  double requestMs(double percentile) {
    return tally.requests().getValueAtPercentile(percentile) / MILLION;
  }
}
