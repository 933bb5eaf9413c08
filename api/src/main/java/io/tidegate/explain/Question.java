package io.tidegate.explain;

import io.tidegate.channel.AppId;
import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ClientId;
import io.tidegate.channel.Operation;
import io.tidegate.channel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What is asked about.
 *
 * @param messageBytes of the message to publish
 * @param origin of the page that would ask, null for none
 */
public record Question(
    TenantId tenant,
    AppId app,
    Holder holder,
    Operation operation,
    ChannelName channel,
    int messageBytes,
    @Nullable String origin) {

  /** Who would ask. */
  public sealed interface Holder {}

  /** Whoever has this credential. Never printed. */
  public record Credential(String text) implements Holder {
    @Override
    public String toString() {
      return "Credential[***]";
    }
  }

  /** A client with a token that has these. */
  public record Granted(Capabilities capabilities, @Nullable ClientId clientId) implements Holder {}
}
