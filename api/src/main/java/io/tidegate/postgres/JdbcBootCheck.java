package io.tidegate.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Asks the server whether a COMMIT survives a power cut: what the durable class promises. */
public final class JdbcBootCheck {
  private static final List<String> SETTINGS =
      List.of("fsync", "full_page_writes", "synchronous_commit");

  private JdbcBootCheck() {}

  /** The settings that are off, for instance {@code ["fsync"]}; empty when all is well. */
  public static List<String> off(Connection connection) throws SQLException {
    List<String> off = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT current_setting('fsync'), current_setting('full_page_writes'),"
                    + " current_setting('synchronous_commit')")) {
      row.next();
      for (int i = 0; i < SETTINGS.size(); i++) {
        if ("off".equals(row.getString(i + 1))) {
          off.add(SETTINGS.get(i));
        }
      }
    }
    return off;
  }
}
