package io.tidegate.channel;

/**
 * The rules of the channels a pattern covers. Of the namespaces of an app exactly one applies to a
 * channel ({@link Rules}).
 *
 * @param window what class {@code window} keeps
 * @param retentionDays what class {@code durable} keeps
 * @param rewind how far back {@code subscribe} alone may start
 * @param open {@code public} on the wire: a key name alone may subscribe
 * @param clientPublish whether tokens may publish (keys always may)
 */
public record Namespace(
    String name,
    ChannelPattern pattern,
    Durability durability,
    Span window,
    int retentionDays,
    Span rewind,
    int maxMessageBytes,
    boolean open,
    boolean clientPublish,
    Presence presence,
    Conflate conflate,
    boolean requireClientId) {

  public static final int DEFAULT_MAX_MESSAGE_BYTES = 65_536;

  /** What applies where no namespace does. */
  public static final Namespace DEFAULT =
      new Namespace(
          "",
          new ChannelPattern("*"),
          Durability.WINDOW,
          new Span(1_000, 120),
          30,
          new Span(100, 120),
          DEFAULT_MAX_MESSAGE_BYTES,
          false,
          true,
          new Presence(Presence.Mode.MEMBERS, 1_000, 15),
          Conflate.NONE,
          false);

  /** For people: these rules have this. */
  public String has(String rule) {
    return (name.isEmpty() ? "no namespace, so the channel has " : "namespace " + name + " has ")
        + rule;
  }

  /** How much of the past a channel of these rules keeps. */
  public Retention retention() {
    return retentionAs(durability);
  }

  /** The same while another class is still in force, for 10 s after a change. */
  public Retention retentionAs(Durability inForce) {
    return switch (inForce) {
      case NONE -> Retention.NOTHING;
      case WINDOW -> new Retention(window.messages(), window.seconds());
      case DURABLE -> new Retention(Integer.MAX_VALUE, retentionDays * 86_400L);
    };
  }

  /** So many messages and so many seconds, whichever is reached first. */
  public record Span(int messages, int seconds) {}

  /** The presence rules of a channel. */
  public record Presence(Mode mode, int maxMembers, int graceSeconds) {
    /** What subscribers see of who is there. */
    public enum Mode {
      MEMBERS,
      OCCUPANCY,
      OFF
    }
  }

  /** What a subscriber that fell behind is sent. */
  public enum Conflate {
    /** Everything, in order. */
    NONE,
    /** Only the latest; its {@code subscribed} says so. */
    LATEST
  }
}
