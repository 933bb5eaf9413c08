package io.tidegate.faults.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one client did or was told, as one line of JSON; {@code e} names the kind, {@code at} is in
 * ms since the run began, on one monotonic clock. {@code app} is the tenant's letter.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "e")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.Sent.class, name = "sent"),
  @JsonSubTypes.Type(value = Event.Answered.class, name = "answered"),
  @JsonSubTypes.Type(value = Event.Subscribed.class, name = "subscribed"),
  @JsonSubTypes.Type(value = Event.Delivered.class, name = "delivered"),
  @JsonSubTypes.Type(value = Event.Skipped.class, name = "skipped"),
  @JsonSubTypes.Type(value = Event.Jumped.class, name = "jumped"),
  @JsonSubTypes.Type(value = Event.Ended.class, name = "ended"),
  @JsonSubTypes.Type(value = Event.Odd.class, name = "odd"),
  @JsonSubTypes.Type(value = Event.Kept.class, name = "kept"),
  @JsonSubTypes.Type(value = Event.Head.class, name = "head"),
  @JsonSubTypes.Type(value = Event.Present.class, name = "present"),
  @JsonSubTypes.Type(value = Event.Anew.class, name = "anew"),
  @JsonSubTypes.Type(value = Event.Seen.class, name = "seen"),
  @JsonSubTypes.Type(value = Event.Listed.class, name = "listed"),
  @JsonSubTypes.Type(value = Event.Quota.class, name = "quota"),
  @JsonSubTypes.Type(value = Event.Metered.class, name = "metered"),
  @JsonSubTypes.Type(value = Event.Phase.class, name = "phase"),
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Event {
  /** Ms since the run began. */
  long at();

  /**
   * One attempt to publish a unit.
   *
   * @param unit names the unit, whose ids and data are the same in every attempt
   */
  record Sent(
      long at,
      String app,
      String channel,
      String unit,
      int attempt,
      int node,
      List<String> ids,
      List<String> data)
      implements Event {}

  /** What an answer says. */
  enum Outcome {
    ACKNOWLEDGED,
    /** Certainly not carried out: the answer says so, or nothing was sent. */
    REFUSED,
    /** No answer, or one that says so. */
    UNKNOWN
  }

  /**
   * How an attempt was answered.
   *
   * @param what status and code, or how the connection ended
   * @param seqs one for each id; empty unless acknowledged
   */
  record Answered(
      long at,
      String app,
      String channel,
      String unit,
      int attempt,
      Outcome outcome,
      String what,
      @Nullable String epoch,
      List<Long> seqs)
      implements Event {}

  /**
   * A subscription begins or goes on.
   *
   * @param sinceEpoch null when it was not asked to resume
   */
  record Subscribed(
      long at,
      String who,
      String app,
      String channel,
      String epoch,
      long seq,
      @Nullable String sinceEpoch,
      long sinceSeq,
      boolean resumed,
      @Nullable String reason)
      implements Event {}

  /**
   * A message came.
   *
   * @param epoch null: the subscription's current one
   */
  record Delivered(
      long at,
      String who,
      String app,
      String channel,
      @Nullable String epoch,
      long seq,
      String id,
      String data)
      implements Event {}

  /** The position moves past a message that is not for this connection. */
  record Skipped(long at, String who, String app, String channel, long seq) implements Event {}

  /** A discontinuity. */
  record Jumped(
      long at,
      String who,
      String app,
      String channel,
      String epoch,
      long seq,
      @Nullable String fromEpoch,
      long fromSeq,
      String reason)
      implements Event {}

  /** A connection has ended, or was ended by its client. */
  record Ended(long at, String who, String app, int node, String why) implements Event {}

  /** What no client expects of a gateway: an answer or a frame that the contract does not allow. */
  record Odd(long at, String who, String app, String what) implements Event {}

  /** One message of a channel's history, as one node tells it after the run. */
  record Kept(
      long at, String app, String channel, int node, String epoch, long seq, String id, String data)
      implements Event {}

  /** Where a channel stands after the run, as one node tells it. */
  record Head(long at, String app, String channel, int node, String epoch, long seq)
      implements Event {}

  /** What a member does, or what its connection comes to. */
  enum Action {
    /** Enters; it is there from its answer on. */
    ENTERED,
    /** Asked to leave. */
    LEAVING,
    /** Its connection has broken off. */
    GONE,
    /** Goes on under the same connectionId. */
    RESUMED
  }

  /**
   * A member's own account.
   *
   * @param node where it is, or was
   */
  record Present(
      long at,
      String app,
      String channel,
      String clientId,
      String connectionId,
      int node,
      Action action)
      implements Event {}

  /**
   * A client with the key of its connection is told that it begins another one.
   *
   * @param keyOfLater the key is from a node of a later version than the one that says so
   */
  record Anew(long at, String who, String app, int node, boolean keyOfLater) implements Event {}

  /**
   * What an observer is told of members.
   *
   * @param action of the frame: sync, enter, update, leave
   * @param members {@code clientId/connectionId}
   * @param last with sync: whether no page follows
   */
  record Seen(
      long at,
      String who,
      String app,
      String channel,
      String action,
      List<String> members,
      boolean last)
      implements Event {}

  /** All members of a channel after the run, as one node tells them. */
  record Listed(long at, String app, String channel, int node, List<String> members)
      implements Event {}

  /** What the tenant whose rate is limited may publish: messages a second, and at once. */
  record Quota(long at, int perSecond, int burst) implements Event {}

  /**
   * One message of the tenant whose rate is limited.
   *
   * @param at when it was answered
   * @param asked when it was sent; it was let in or refused between the two
   */
  record Metered(long at, long asked, int node, Outcome outcome, String what) implements Event {}

  /**
   * What the run itself does.
   *
   * @param name load, fault, healed, calm, not-calm, end; apart: the node of that number is cut off
   *     from the others until it is healed
   */
  record Phase(long at, String name, String what) implements Event {}
}
