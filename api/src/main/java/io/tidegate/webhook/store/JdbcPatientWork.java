package io.tidegate.webhook.store;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;

/**
 * Transactions of those who send, over all tenants. They share the control plane's pool and are
 * many: they wait for each other, so that requests find connections.
 */
final class JdbcPatientWork {
  /** Of the eleven that a node has by default. */
  private static final int CONNECTIONS = 3;

  private final Semaphore places = new Semaphore(CONNECTIONS, true);
  private final JdbcWork work;

  JdbcPatientWork(JdbcWork work) {
    this.work = work;
  }

  /** What is done with a connection. */
  interface Task<T> {
    T on(Connection connection) throws SQLException;
  }

  <T> T write(Task<T> task) {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException(Refusal.DRAINING, "the node is going down");
    }
    try {
      return work.write(
          Reach.EVERYTHING,
          () -> {
            try {
              return task.on(work.connection());
            } catch (SQLException e) {
              throw JdbcWork.failed(e);
            }
          });
    } finally {
      places.release();
    }
  }
}
