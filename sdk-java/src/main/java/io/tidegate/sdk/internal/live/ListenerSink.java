package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Discontinuity;
import io.tidegate.sdk.Message;
import io.tidegate.sdk.MessageListener;
import io.tidegate.sdk.TidegateException;

/** To a listener. */
record ListenerSink(MessageListener listener) implements Receiver.Sink {
  @Override
  public void message(Message message) {
    listener.onMessage(message);
  }

  @Override
  public void jump(Discontinuity jump) {
    listener.onDiscontinuity(jump);
  }

  @Override
  public void end(TidegateException reason) {
    listener.onEnd(reason);
  }
}
