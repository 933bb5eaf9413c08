package io.tidegate.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.websocket.WebSocketSession;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A listener that does not read costs a bounded number of frames, and is told what it missed. */
final class SlowListenerTest {
  private final List<String> sent = new ArrayList<>();
  private CompletableFuture<String> underWay = new CompletableFuture<>();

  @Test
  void whatDoesNotFitIsDroppedAndSaid() {
    EventListener listener = new EventListener(session());
    for (int i = 0; i < EventListener.MAX_WAITING + 11; i++) {
      listener.tell("frame " + i);
    }
    assertThat(sent).containsExactly("frame 0");

    while (!underWay.isDone()) {
      CompletableFuture<String> taken = underWay;
      underWay = new CompletableFuture<>();
      int before = sent.size();
      taken.complete("");
      if (sent.size() == before) {
        break;
      }
    }
    assertThat(sent).hasSize(EventListener.MAX_WAITING + 2);
    assertThat(sent.getLast()).isEqualTo("{\"type\":\"skipped\",\"count\":10}");
    listener.tell("again");
    assertThat(sent.getLast()).isEqualTo("again");
  }

  /** A socket that takes a frame when the test says so. */
  private WebSocketSession session() {
    return (WebSocketSession)
        Proxy.newProxyInstance(
            WebSocketSession.class.getClassLoader(),
            new Class<?>[] {WebSocketSession.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("sendAsync")) {
                sent.add((String) arguments[0]);
                return underWay;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
