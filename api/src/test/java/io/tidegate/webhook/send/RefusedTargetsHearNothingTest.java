package io.tidegate.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.webhook.dns.Resolver;
import io.tidegate.webhook.send.Receiver.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Where a target is refused no connection is opened: a listener on every address of this machine,
 * which each of these would reach, counts none.
 */
final class RefusedTargetsHearNothingTest {
  private static final List<String> HOSTS =
      List.of(
          "127.0.0.1",
          "127.1",
          "127.0.1",
          "2130706433",
          "0x7f000001",
          "0x7f.1",
          "017700000001",
          "0177.0.0.1",
          "0177.0.0.01",
          "127.000.000.001",
          "127.0.0.1.",
          "0",
          "0.0.0.0",
          "[::]",
          "[::1]",
          "[0:0:0:0:0:0:0:1]",
          "[::ffff:127.0.0.1]",
          "[::ffff:7f00:1]",
          "[::127.0.0.1]",
          "[64:ff9b::7f00:1]",
          "[2002:7f00:1::]",
          "[::1%25lo]",
          "hooks.example@127.0.0.1",
          "localhost",
          "localhost.",
          "LOCALHOST",
          "localhost.localdomain",
          "127.0.0.1.nip.example");

  @Test
  void noConnectionIsOpened() throws Exception {
    AtomicInteger lookUps = new AtomicInteger();
    Resolver loopback = Senders.answering("127.0.0.1", "::1");
    Resolver counted =
        host -> {
          lookUps.incrementAndGet();
          return loopback.resolve(host);
        };
    List<String> called = new ArrayList<>();
    try (Receiver receiver = Receiver.everywhere(Answer.status(200));
        GuardedSender sender = Senders.of("", counted, Senders.PATIENCE);
        GuardedSender elsewhere =
            Senders.of("10.0.0.0/8 hooks.internal", counted, Senders.PATIENCE)) {
      for (String host : HOSTS) {
        for (String scheme : List.of("http://", "https://")) {
          String url = scheme + host + ":" + receiver.port() + "/";
          if (isCalled(sender, url) || isCalled(elsewhere, url)) {
            called.add(url);
          }
        }
      }
      assertThat(called).isEmpty();
      assertThat(lookUps).hasPositiveValue();
      assertThat(receiver.connections()).isZero();
      assertThat(receiver.requests()).isEmpty();
    }
  }

  private static boolean isCalled(Sender sender, String url) {
    try {
      return !(sender.send(Target.of(url), Map.of(), Senders.BODY) instanceof Outcome.Refused);
    } catch (ForbiddenTarget refused) {
      return false;
    }
  }

  /** That the listener would have been reached: what is named is. */
  @Test
  void theListenerIsThere() throws Exception {
    try (Receiver receiver = Receiver.everywhere(Answer.status(200));
        GuardedSender sender =
            Senders.of(
                "127.0.0.0/8 ::1 localhost", Senders.answering("127.0.0.1"), Senders.PATIENCE)) {
      for (String host : List.of("127.0.0.1", "127.0.0.9", "localhost")) {
        assertThat(Senders.send(sender, "http://" + host + ":" + receiver.port()).isTaken())
            .as(host)
            .isTrue();
      }
      assertThat(receiver.connections()).isEqualTo(3);
    }
  }
}
