package io.tidegate.cli;

import io.tidegate.settings.Settings;
import io.tidegate.tenant.Envelope;
import io.tidegate.tenant.store.JdbcResealing;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * {@code rotate-master-key}: in one transaction, so that all is sealed with the old key or all with
 * the new one; run again after a crash it finishes what is left.
 */
record KeyRotation(Map<String, String> environment, PrintStream out) {
  private static final String WHY =
      "it holds the old key, and would seal with it and open nothing that is sealed anew";

  /**
   * @throws CommandException when nothing was changed
   */
  void run() throws SQLException {
    Settings settings = Settings.inspect(environment);
    Settings.Rotation rotation = settings.rotation(environment);
    if (rotation.from().id().equals(rotation.to().id())) {
      throw new CommandException("TIDEGATE_NEW_MASTER_KEY is the master key already");
    }
    Envelope from = new Envelope(rotation.from());
    Envelope to = new Envelope(rotation.to());
    try (JdbcStopped database = JdbcStopped.open(settings, WHY)) {
      Connection connection = database.connection();
      if (JdbcResealing.isSealedWith(connection, to)) {
        out.println("the database is sealed with the new master key already");
      } else if (JdbcResealing.isSealedWith(connection, from)) {
        out.println("sealed " + reseal(connection, from, to) + " secrets with the new master key");
      } else {
        throw new CommandException(
            "TIDEGATE_MASTER_KEY is not the key that this database is sealed with");
      }
      rotation.keep();
    }
    out.println(
        rotation.kept() == null
            ? "from now on start with the new one as TIDEGATE_MASTER_KEY"
            : "the new one is in " + rotation.kept().folder() + ": nothing more to set");
  }

  private static int reseal(Connection connection, Envelope from, Envelope to) throws SQLException {
    connection.setAutoCommit(false);
    try {
      int rows = new JdbcResealing(connection, from, to).run();
      connection.commit();
      return rows;
    } catch (IllegalArgumentException e) {
      connection.rollback();
      throw new CommandException(e.getMessage() + ": nothing was changed");
    } finally {
      connection.setAutoCommit(true);
    }
  }
}
