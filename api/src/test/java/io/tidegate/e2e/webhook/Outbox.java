package io.tidegate.e2e.webhook;

import io.tidegate.e2e.gateway.OwnPostgres;
import io.tidegate.webhook.standing.ToldEvents;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is queued for a webhook, delivered or not, past the program. */
record Outbox(String url, String user, String password, UUID webhook) {
  private static final String QUERY =
      "SELECT type || ' ' || convert_from(data, 'UTF8') FROM webhook_deliveries"
          + " WHERE webhook_id = ? ORDER BY position";

  /** Of gateways over this PostgreSQL. */
  static Outbox of(OwnPostgres postgres, UUID webhook) {
    Map<String, String> environment = postgres.environment();
    return new Outbox(
        environment.getOrDefault("TIDEGATE_DATABASE_URL", ""),
        environment.getOrDefault("TIDEGATE_DATABASE_USER", ""),
        environment.getOrDefault("TIDEGATE_DATABASE_PASSWORD", ""),
        webhook);
  }

  ToldEvents told() {
    return new ToldEvents(events());
  }

  /** Each a type, a space and its data. */
  List<String> events() {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        PreparedStatement query = connection.prepareStatement(QUERY)) {
      query.setObject(1, webhook);
      List<String> events = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          events.add(row.getString(1));
        }
      }
      return events;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
