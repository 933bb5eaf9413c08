package io.tidegate.webhook.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.postgres.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is queued for a webhook, in the order of its queue. */
record Ledger(String database, UUID webhook) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The data of the events of a channel. */
  List<JsonNode> of(String channel) {
    List<JsonNode> found = new ArrayList<>();
    for (String data : column("convert_from(data, 'UTF8')", channel)) {
      try {
        found.add(JSON.readTree(data));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  List<String> eventIds(String channel) {
    return column("event_id", channel);
  }

  /** Ids of messages; {@code 2-6} for what was missed. */
  List<String> told(String channel) {
    return of(channel).stream()
        .map(
            one ->
                one.has("missed")
                    ? one.at("/missed/from").asLong() + "-" + one.at("/missed/to").asLong()
                    : one.at("/message/id").asText())
        .toList();
  }

  List<Long> seqs(String channel) {
    return of(channel).stream().map(one -> one.at("/message/seq").asLong()).toList();
  }

  private List<String> column(String column, String channel) {
    return texts(
        "SELECT %s FROM webhook_deliveries WHERE webhook_id = '%s' AND ordering_key = '%s' ORDER BY position"
            .formatted(column, webhook, channel));
  }

  /** The first column, past the program. */
  List<String> texts(String query) {
    TestServer server = TestPostgres.server();
    try (Connection connection =
            DriverManager.getConnection(server.url(database), server.user(), server.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (row.next()) {
        texts.add(row.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
