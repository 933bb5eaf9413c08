package io.tidegate.scenarios.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.sdk.Discontinuity;
import io.tidegate.sdk.Message;
import io.tidegate.sdk.MessageListener;
import io.tidegate.sdk.TidegateException;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells all that one subscription receives; slowly, if it shall. */
final class JavaListener implements MessageListener {
  private final String channel;
  private final int slowMillis;
  private final Consumer<ObjectNode> tell;

  JavaListener(String channel, int slowMillis, Consumer<ObjectNode> tell) {
    this.channel = channel;
    this.slowMillis = slowMillis;
    this.tell = tell;
  }

  @Override
  public void onMessage(Message message) {
    pause();
    ObjectNode line = event("message").put("id", message.id());
    JavaClient.put(message.position(), line);
    message
        .error()
        .ifPresentOrElse(
            error -> line.put("error", error.toString()),
            () -> line.put("data", String.valueOf(message.data())));
    tell.accept(line);
  }

  private void pause() {
    try {
      Thread.sleep(slowMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onDiscontinuity(Discontinuity jump) {
    ObjectNode line = event("discontinuity");
    jump.from().ifPresent(from -> JavaClient.put(from, line.putObject("from")));
    JavaClient.put(jump.to(), line.putObject("to"));
    tell.accept(line.put("reason", jump.reason().name().toLowerCase(Locale.ROOT)));
  }

  @Override
  public void onEnd(TidegateException reason) {
    System.err.println(channel + " ended: " + reason);
  }

  private ObjectNode event(String kind) {
    return Driver.JSON.createObjectNode().put("event", kind).put("channel", channel);
  }
}
