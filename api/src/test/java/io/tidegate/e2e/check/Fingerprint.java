package io.tidegate.e2e.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What makes a message the same message for two observers. */
final class Fingerprint {
  private static final List<String> FIELDS =
      List.of("id", "name", "data", "encoding", "clientId", "connectionId", "timestamp", "headers");

  private Fingerprint() {}

  static String of(JsonNode message) {
    StringBuilder text = new StringBuilder();
    for (String field : FIELDS) {
      text.append(field).append('=').append(message.path(field)).append(' ');
    }
    return text.toString();
  }
}
