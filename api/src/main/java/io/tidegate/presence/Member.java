package io.tidegate.presence;

import org.jspecify.annotations.Nullable;

/**
 * One client present in a channel over one connection.
 *
 * @param data JSON text that the client gave, or null
 */
public record Member(String clientId, String connectionId, @Nullable String data) {
  /** Stands between the parts of a key: no clientId and no connectionId has it. */
  private static final char BETWEEN = '\0';

  /** Names the member within its channel; sets are paged in this order. */
  public String key() {
    return key(clientId, connectionId);
  }

  static String key(String clientId, String connectionId) {
    return clientId + BETWEEN + connectionId;
  }

  static Member of(String key, @Nullable String data) {
    int at = key.indexOf(BETWEEN);
    return new Member(key.substring(0, at), key.substring(at + 1), data);
  }
}
