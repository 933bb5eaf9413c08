package io.tidegate.guard;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.tidegate.problem.RefusedException;
import org.jspecify.annotations.Nullable;

/** One connection that has not shown a good credential yet. On its event loop. */
public final class Newcomer {
  static final AttributeKey<Newcomer> KEY = AttributeKey.valueOf(Newcomer.class, "newcomer");

  private final @Nullable RefusedException refusal;
  private @Nullable Runnable leave;

  /**
   * @param refusal why it is turned away; null when it is not
   */
  Newcomer(@Nullable RefusedException refusal, Runnable leave) {
    this.refusal = refusal;
    this.leave = leave;
  }

  /** The client of this connection has shown who it is. */
  public static void known(Channel channel) {
    Newcomer newcomer = channel.attr(KEY).get();
    if (newcomer != null) {
      newcomer.known();
    }
  }

  /** Why the connection is turned away at once; null when it is not. */
  @Nullable RefusedException refusal() {
    return refusal;
  }

  /** It does not count any more; calling it again changes nothing. */
  void known() {
    Runnable leaving = leave;
    leave = null;
    if (leaving != null) {
      leaving.run();
    }
  }
}
