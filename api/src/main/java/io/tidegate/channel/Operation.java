package io.tidegate.channel;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a credential may do in a channel. */
public enum Operation {
  PUBLISH,
  /** Receive messages; includes resume, and rewind up to the namespace's limit. */
  SUBSCRIBE,
  /** Enter the presence set; {@link #SUBSCRIBE} may see it. */
  PRESENCE,
  /** Read back further than a rewind. */
  HISTORY,
  /** Keys only: issue and revoke tokens, list channels and connections, disconnect. */
  ADMIN;

  private static final Operation[] ALL = values();

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static @Nullable Operation ofWireName(String name) {
    for (Operation operation : ALL) {
      if (operation.wireName().equals(name)) {
        return operation;
      }
    }
    return null;
  }
}
