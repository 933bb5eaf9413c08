package io.tidegate.webhook.send;

/** A call that has come to its end without an answer; one line. */
@SuppressWarnings("serial")
final class Broken extends Exception {
  private static final int LONGEST = 200;

  private final Outcome.Fault fault;

  Broken(Outcome.Fault fault, String reason) {
    super(reason, null, false, false);
    this.fault = fault;
  }

  /** With what the cause says, which may quote the other side: cut, on one line. */
  static Broken by(Outcome.Fault fault, String reason, Throwable cause) {
    String said = String.valueOf(cause.getMessage()).replaceAll("\\p{Cntrl}+", " ");
    String whole = reason + ": " + said;
    return new Broken(fault, whole.length() > LONGEST ? whole.substring(0, LONGEST) : whole);
  }

  Outcome.Fault fault() {
    return fault;
  }

  /** The message, which is always there. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
