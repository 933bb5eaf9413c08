package io.tidegate.e2e.client;

import io.tidegate.e2e.rest.Answer;

/** The gateway refused to open a connection. */
public final class RefusedByGateway extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;

  RefusedByGateway(Answer answer) {
    super(answer.status() + " " + answer.body());
    this.status = answer.status();
    this.code = answer.code();
  }

  public int status() {
    return status;
  }

  public int code() {
    return code;
  }
}
