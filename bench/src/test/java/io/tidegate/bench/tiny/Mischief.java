package io.tidegate.bench.tiny;

/** What the tiny gateway does wrong, to the message with seq 5 of each channel. */
public enum Mischief {
  NONE,
  /** One subscriber does not get it. */
  LOSES,
  /** One subscriber gets it twice. */
  REPEATS,
  /** One subscriber gets it after the next one. */
  SWAPS,
  /** One subscriber gets another message under its seq. */
  FORGES,
  /** It was acknowledged, but nobody gets it; the numbering does not show it. */
  FORGETS,
  /** Refuses it with 503, as an overloaded gateway may: no fault. */
  REFUSES,
  /** Has no route to publish. */
  DENIES,
  /** Answers {@code since} with {@code resumed: false}. */
  FORGETS_POSITIONS,
  /** Sends the fields of messages in another order: no fault. */
  OTHER_ORDER,
  /** Ends the connection of one subscriber. */
  HANGS_UP,
  /** Keeps no tenant to its limit: not to one message only. */
  LETS_ALL_THROUGH
}
