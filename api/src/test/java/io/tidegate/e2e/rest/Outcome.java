package io.tidegate.e2e.rest;

import java.util.List;

/** What a publisher knows of a publish. */
public sealed interface Outcome {
  /** It was accepted, and these are the positions. */
  record Acked(String epoch, List<Placed> messages) implements Outcome {}

  /** It was not carried out: the gateway said so, or was never reached (code 0). */
  record Refused(int code, long retryAfterMillis) implements Outcome {}

  /** It may have been carried out, once. */
  record Unknown(String why) implements Outcome {}

  /** A message and the seq it got. */
  record Placed(String id, long seq) {}
}
