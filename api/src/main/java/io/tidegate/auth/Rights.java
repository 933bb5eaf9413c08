package io.tidegate.auth;

import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Operation;

/**
 * What a principal may do: granted by its own capabilities AND by its key's. For a key both are the
 * same. Never {@link Operation#ADMIN} for a token.
 */
public record Rights(Capabilities own, Capabilities key) {
  public boolean allow(Operation operation, ChannelName channel) {
    return own.allow(operation, channel) && key.allow(operation, channel);
  }

  public boolean allowSomewhere(Operation operation) {
    return own.allowSomewhere(operation) && key.allowSomewhere(operation);
  }
}
