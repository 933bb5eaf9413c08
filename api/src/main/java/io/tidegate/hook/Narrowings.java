package io.tidegate.hook;

import io.tidegate.auth.Narrowing;
import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ClientId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a connect hook makes of a client: {@code {clientId?, capabilities?,
 * expiresInSeconds?}}.
 *
 * @param named whether the client has a name already: it is not given another
 * @param now seconds since 1970
 */
record Narrowings(boolean named, long now) implements Changes<Narrowing> {
  private static final String CLIENT_ID = "clientId";
  private static final String CAPABILITIES = "capabilities";
  private static final String EXPIRES = "expiresInSeconds";

  /** A year: whatever is later is later than any token. */
  private static final long MAX_SECONDS = 31_536_000;

  @Override
  public Set<String> fields() {
    return Set.of(CLIENT_ID, CAPABILITIES, EXPIRES);
  }

  @Override
  public Narrowing read(byte[] json, Map<String, Object> answer) {
    return new Narrowing(clientId(answer), capabilities(answer), expiresAt(answer));
  }

  private @Nullable ClientId clientId(Map<String, Object> answer) {
    if (!answer.containsKey(CLIENT_ID)) {
      return null;
    }
    if (named) {
      throw fault(CLIENT_ID, "the token has a clientId, which stays");
    }
    if (!(answer.get(CLIENT_ID) instanceof String text)) {
      throw fault(CLIENT_ID, "must be a string");
    }
    return new ClientId(text);
  }

  private static @Nullable Capabilities capabilities(Map<String, Object> answer) {
    if (!answer.containsKey(CAPABILITIES)) {
      return null;
    }
    try {
      return Narrowing.capabilities(answer.get(CAPABILITIES));
    } catch (IllegalArgumentException e) {
      throw fault(CAPABILITIES, String.valueOf(e.getMessage()));
    }
  }

  private long expiresAt(Map<String, Object> answer) {
    if (!answer.containsKey(EXPIRES)) {
      return Long.MAX_VALUE;
    }
    if (answer.get(EXPIRES) instanceof Long seconds && seconds >= 1 && seconds <= MAX_SECONDS) {
      return now + seconds;
    }
    throw fault(EXPIRES, "must be a whole number from 1 to " + MAX_SECONDS);
  }

  private static RefusedException fault(String field, String message) {
    return RefusedException.ofField(Refusal.FIELD_INVALID, field, message);
  }
}
