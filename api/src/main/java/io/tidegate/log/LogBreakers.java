package io.tidegate.log;

import io.tidegate.breaker.Breaker;
import java.util.List;

/** One for each of the log's pools. What finds out an outcome asks past them, as long as it may. */
public record LogBreakers(Breaker lanes, Breaker changes, Breaker reads) implements AutoCloseable {
  /** Each batch has tried for seconds before it counts as one failure. */
  private static final int FAILED_BATCHES = 2;

  private static final int FAILED_CALLS = 3;

  public static LogBreakers over(JdbcLogPools pools) {
    return new LogBreakers(
        new Breaker("log-lanes", FAILED_BATCHES, pools.lanes()),
        new Breaker("log-changes", FAILED_CALLS, pools.changes()),
        new Breaker("log-reads", FAILED_CALLS, pools.reads()));
  }

  public List<Breaker> all() {
    return List.of(lanes, changes, reads);
  }

  @Override
  public void close() {
    all().forEach(Breaker::close);
  }
}
