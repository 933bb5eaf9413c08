package io.tidegate.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.netty.handler.codec.dns.DnsRecordType;
import io.tidegate.settings.WebhookAllow;
import io.tidegate.webhook.dns.DnsStub;
import io.tidegate.webhook.dns.DnsStub.Entry;
import io.tidegate.webhook.send.Outcome.Refused;
import io.tidegate.webhook.send.Receiver.Answer;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A name server that says one address to who checks and another to who connects gets nowhere: the
 * gateway asks once. The two addresses here are 127.0.0.1, which is named, and 127.0.0.2, which is
 * not.
 */
final class RebindingTest {
  private static final byte[] NAMED = {127, 0, 0, 1};
  private static final byte[] OTHER = {127, 0, 0, 2};

  private static GuardedSender sender(DnsStub names) {
    Connector connector = new Connector(new TargetTls(null));
    return new GuardedSender(
        new Guard(WebhookAllow.parse("127.0.0.1")),
        connector,
        names.resolver(connector.loop()),
        Senders.PATIENCE);
  }

  private static List<Entry> answer(byte[]... addresses) {
    return Arrays.stream(addresses)
        .map(address -> Entry.address("hooks.example.", address))
        .toList();
  }

  @Test
  void anAnswerThatChangesIsCheckedAnew() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (DnsStub names =
            DnsStub.telling(
                question -> {
                  if (!question.type().equals(DnsRecordType.A)) {
                    return List.of();
                  }
                  return asked.getAndIncrement() % 2 == 0 ? answer(NAMED) : answer(OTHER);
                });
        Receiver named = Receiver.start(Answer.status(200));
        Receiver other =
            Receiver.on(new InetSocketAddress("127.0.0.2", named.port()), Answer.status(200));
        GuardedSender sender = sender(names)) {
      String url = "http://hooks.example:" + named.port() + "/";
      for (int round = 1; round <= 5; round++) {
        assertThat(Senders.send(sender, url).isTaken()).isTrue();
        assertThat(asked).hasValue(2 * round - 1);
        assertThat(Senders.send(sender, url))
            .asInstanceOf(type(Refused.class))
            .extracting(Refused::barrier)
            .isEqualTo(Barrier.ADDRESS_PRIVATE);
        assertThat(asked).hasValue(2 * round);
      }
      assertThat(named.requests()).hasSize(5);
      assertThat(named.requests().getFirst().header("Host"))
          .isEqualTo("hooks.example:" + named.port());
      assertThat(other.connections()).isZero();
    }
  }

  @Test
  void aGoodAddressDoesNotVouchForAnother() throws Exception {
    try (DnsStub names =
            DnsStub.telling(
                question ->
                    question.type().equals(DnsRecordType.A) ? answer(NAMED, OTHER) : List.of());
        Receiver named = Receiver.start(Answer.status(200));
        Receiver other =
            Receiver.on(new InetSocketAddress("127.0.0.2", named.port()), Answer.status(200));
        GuardedSender sender = sender(names)) {
      assertThat(Senders.send(sender, "http://hooks.example:" + named.port() + "/"))
          .isInstanceOf(Refused.class);
      assertThat(named.connections()).isZero();
      assertThat(other.connections()).isZero();
    }
  }
}
