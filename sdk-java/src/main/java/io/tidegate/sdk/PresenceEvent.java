package io.tidegate.sdk;

/** A change of a channel's members. */
public record PresenceEvent(String channel, Action action, Member member) {
  /** What happened. */
  public enum Action {
    /** It is there now, or was when one began to listen. */
    ENTER,
    /** Its data is another. */
    UPDATE,
    /** It is gone. */
    LEAVE
  }
}
