package io.tidegate.session;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import io.tidegate.hub.Start;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client can ask for on its connection. {@code id} correlates the answer; null: none. */
public sealed interface Command {
  @Nullable String id();

  /**
   * @param resume the connectionKey of the connection to go on with, or null
   */
  record Auth(@Nullable String id, String token, @Nullable String resume, boolean echo)
      implements Command {}

  /**
   * @param presence whether to tell who is present, too
   */
  record Subscribe(@Nullable String id, List<ChannelName> channels, Start start, boolean presence)
      implements Command {}

  record Unsubscribe(@Nullable String id, ChannelName channel) implements Command {}

  record Publish(@Nullable String id, ChannelName channel, Messages messages) implements Command {}

  /** What is to be published, not read yet: what is in order depends on who publishes it. */
  @FunctionalInterface
  interface Messages {
    /**
     * @throws io.tidegate.problem.RefusedException naming every field at fault
     */
    List<Draft> read(AppPrincipal who, String connectionId);
  }

  /**
   * Be seen in a channel, or not.
   *
   * @param data JSON text, or null
   */
  record Presence(@Nullable String id, ChannelName channel, Action action, @Nullable String data)
      implements Command {
    /** What to do. */
    public enum Action {
      ENTER,
      UPDATE,
      LEAVE
    }
  }

  /**
   * Asks for one page of who is present.
   *
   * @param after the key that the page is behind; empty for the first
   */
  record PresenceGet(@Nullable String id, ChannelName channel, int limit, String after)
      implements Command {}

  record Ping(@Nullable String id) implements Command {}
}
