package io.tidegate.webhook.standing;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.webhook.Subject;
import java.util.Comparator;

/**
 * Names what stands. In their order their rows are locked, by whoever writes them.
 *
 * @param channel empty for a connection
 * @param item a connection's id, and behind a space the clientId of a member; empty for a channel
 */
public record Fact(AppId app, Kind kind, String channel, String item) implements Comparable<Fact> {
  private static final char BETWEEN = ' ';
  private static final Comparator<Fact> ORDER =
      Comparator.comparingLong((Fact fact) -> fact.app().number())
          .thenComparing(Fact::kind)
          .thenComparing(Fact::channel)
          .thenComparing(Fact::item);

  public static Fact of(ChannelId channel) {
    return new Fact(channel.app(), Kind.CHANNEL, channel.name().value(), "");
  }

  public static Fact ofMember(ChannelId channel, String clientId, String connectionId) {
    String item = connectionId + BETWEEN + clientId;
    return new Fact(channel.app(), Kind.MEMBER, channel.name().value(), item);
  }

  public static Fact ofConnection(AppId app, String connectionId) {
    return new Fact(app, Kind.CONNECTION, "", connectionId);
  }

  /** Of a channel or a member. */
  public ChannelId channelId() {
    return new ChannelId(app, new ChannelName(channel));
  }

  /** Of a member or a connection. */
  public String connectionId() {
    int end = item.indexOf(BETWEEN);
    return end < 0 ? item : item.substring(0, end);
  }

  /** Of a member. */
  public String clientId() {
    return item.substring(item.indexOf(BETWEEN) + 1);
  }

  /** What its events are about. */
  public Subject subject() {
    return kind == Kind.CONNECTION
        ? Subject.ofConnection(item)
        : Subject.of(new ChannelName(channel));
  }

  @Override
  public int compareTo(Fact other) {
    return ORDER.compare(this, other);
  }
}
