package io.tidegate.auth;

import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What a principal may do: granted by its own capabilities AND by its key's AND by what a connect
 * hook has left of them. For a key the first two are the same. Never {@link Operation#ADMIN} for a
 * token.
 *
 * @param left by a hook; null where none has narrowed anything
 */
public record Rights(Capabilities own, Capabilities key, @Nullable Capabilities left) {
  /** Of who was narrowed by no hook. */
  public Rights(Capabilities own, Capabilities key) {
    this(own, key, null);
  }

  public boolean allow(Operation operation, ChannelName channel) {
    return own.allow(operation, channel)
        && key.allow(operation, channel)
        && (left == null || left.allow(operation, channel));
  }

  public boolean allowSomewhere(Operation operation) {
    return own.allowSomewhere(operation)
        && key.allowSomewhere(operation)
        && (left == null || left.allowSomewhere(operation));
  }

  /** The same under the key as it is now. */
  Rights under(Capabilities keyNow) {
    return new Rights(own, keyNow, left);
  }

  /** The same with no more than these. */
  Rights atMost(Capabilities more) {
    return new Rights(own, key, more);
  }
}
