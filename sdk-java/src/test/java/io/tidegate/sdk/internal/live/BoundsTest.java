package io.tidegate.sdk.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.sdk.ChannelOptions;
import io.tidegate.sdk.JsonMapper;
import io.tidegate.sdk.Position;
import io.tidegate.sdk.Published;
import io.tidegate.sdk.SubscribeOptions;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.TidegateException.Local;
import io.tidegate.sdk.internal.message.MessageCodec;
import io.tidegate.sdk.internal.message.MessageCodec.Outgoing;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever waits has a bound, and who reaches it is told with a number. */
class BoundsTest {
  private static final Requests.Waiter NOBODY =
      new Requests.Waiter() {
        @Override
        public void done(Frame reply) {}

        @Override
        public void refused(TidegateException reason) {}
      };

  private final FakeWire wire = new FakeWire();

  @Test
  void framesThatWaitForAnAnswerAreBounded() {
    fill();
    assertThatThrownBy(() -> wire.requests().add(NOBODY)).satisfies(BoundsTest::isFull);
    assertThat(wire.requests().addBounded(NOBODY)).isNotEmpty();
  }

  @Test
  void aSubscriptionThatCannotBeAskedForEndsWithTheNumber() {
    fill();
    Feed feed = new Feed("c", wire);
    Ends ends = new Ends();
    Receiver receiver = ends.receiver();
    feed.add(receiver);
    assertThat(wire.sent).isEmpty();
    assertThat(ends.reasons).singleElement().satisfies(BoundsTest::isFull);
    assertThat(receiver.ready()).isCompletedExceptionally();
    assertThat(feed.isIdle()).isTrue();
  }

  @Test
  void presenceThatCannotBeSentFailsWithTheNumber() {
    fill();
    Room room = new Room("c", wire, Runnable::run);
    room.enter("1")
        .handle(
            (done, thrown) -> {
              assertThat(thrown).satisfies(BoundsTest::isFull);
              return done;
            })
        .join();
    assertThat(wire.sent).isEmpty();
  }

  @Test
  void publishesBeyondTheFramesOnTheirWayWaitAndGoWhenOthersAreAnswered() {
    int channels = 3 * Publishing.MOST_FRAMES;
    Publishing publishing = new Publishing(new Outbox(channels), wire, Runnable::run);
    List<CompletableFuture<Published>> answers = new ArrayList<>();
    for (int i = 0; i < channels; i++) {
      answers.add(publishing.publish("c" + i, List.of(new Outgoing("m" + i, "{}"))));
    }
    assertThat(wire.sent).hasSize(Publishing.MOST_FRAMES);
    assertThat(publishing.publish("more", List.of(new Outgoing("m", "{}"))))
        .isCompletedExceptionally();
    while (!wire.sent.isEmpty()) {
      assertThat(wire.sent.size()).isLessThanOrEqualTo(Publishing.MOST_FRAMES);
      Map<?, ?> frame = wire.take();
      if (wire.sent.size() % 2 == 0) {
        wire.refuse(frame, 40001);
      } else {
        publishedReply(frame);
      }
    }
    assertThat(answers).allMatch(CompletableFuture::isDone);
  }

  @Test
  void afterABreakTheFramesOnTheirWayAreCountedAnew() {
    Publishing publishing = new Publishing(new Outbox(10_000), wire, Runnable::run);
    for (int i = 0; i < 2 * Publishing.MOST_FRAMES; i++) {
      publishing.publish("c" + i, List.of(new Outgoing("m" + i, "{}")));
    }
    publishing.detached();
    wire.requests().clear();
    wire.sent.clear();
    publishing.attached();
    assertThat(wire.sent).hasSize(Publishing.MOST_FRAMES);
  }

  @Test
  void aLineThatTakesNothingIsReplacedWhenTooMuchWaits() throws InterruptedException {
    Gone gone = new Gone();
    StuckLine line = new StuckLine();
    Socket socket = new Socket(gone, new ReentrantLock());
    socket.onOpen(line);
    String text = "x".repeat(1 << 20);
    for (long sent = 0; sent < Socket.MOST_CHARS + 2 * text.length(); sent += text.length()) {
      socket.send(text);
    }
    TidegateException reason = gone.reasons.poll(60, TimeUnit.SECONDS);
    assertThat(reason).satisfies(BoundsTest::isFull);
    assertThat(line.aborted).isTrue();
    socket.send(text);
    assertThat(gone.reasons).as("it is told once").isEmpty();
  }

  private void fill() {
    for (int i = 0; i < Requests.MOST; i++) {
      wire.requests().add(NOBODY);
    }
  }

  private void publishedReply(Map<?, ?> frame) {
    boolean known =
        wire.requests()
            .answered(
                Frame.read(
                    "{\"type\":\"reply\",\"id\":\"%s\",\"epoch\":\"e\",\"messages\":[{\"id\":\"m\",\"seq\":1}]}"
                        .formatted(frame.get("id"))));
    assertThat(known).isTrue();
  }

  private static void isFull(@Nullable Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            TidegateException.class, e -> assertThat(e.is(Local.QUEUE_FULL)).isTrue());
  }

  /** Keeps why its subscription ended. */
  private static final class Ends implements Receiver.Sink, Receiver.Owner {
    private final List<TidegateException> reasons = new ArrayList<>();

    Receiver receiver() {
      MessageCodec codec = new MessageCodec("c", ChannelOptions.none(), JsonMapper.builtIn());
      return new Receiver("c", codec, SubscribeOptions.live(), this, 1, Runnable::run, this);
    }

    @Override
    public void message(io.tidegate.sdk.Message message) {}

    @Override
    public void jump(io.tidegate.sdk.Discontinuity jump) {}

    @Override
    public void end(TidegateException reason) {
      reasons.add(reason);
    }

    @Override
    public void drained(Receiver receiver) {}

    @Override
    public void closed(Receiver receiver) {}

    @Override
    public Optional<Position> position(Receiver receiver) {
      return Optional.empty();
    }
  }

  private static final class Gone implements Socket.Events {
    private final BlockingQueue<TidegateException> reasons = new LinkedBlockingQueue<>();

    @Override
    public void opened(Socket socket) {}

    @Override
    public void text(Socket socket, String text) {}

    @Override
    public void gone(Socket socket, int closeCode, @Nullable TidegateException reason) {
      if (reason != null) {
        reasons.add(reason);
      }
    }
  }

  /** Takes one text, and never says that it has gone. */
  private static final class StuckLine implements WebSocket {
    private volatile boolean aborted;

    @Override
    public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<WebSocket> sendClose(int code, String reason) {
      return new CompletableFuture<>();
    }

    @Override
    public void request(long n) {}

    @Override
    public String getSubprotocol() {
      return "";
    }

    @Override
    public boolean isOutputClosed() {
      return aborted;
    }

    @Override
    public boolean isInputClosed() {
      return aborted;
    }

    @Override
    public void abort() {
      aborted = true;
    }
  }
}
