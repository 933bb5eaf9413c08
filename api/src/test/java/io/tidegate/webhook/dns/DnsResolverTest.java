package io.tidegate.webhook.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsSection;
import io.tidegate.settings.HostName;
import io.tidegate.webhook.dns.DnsStub.Entry;
import io.tidegate.webhook.dns.DnsStub.Question;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the gateway's resolver makes of answers, and whom it asks. */
final class DnsResolverTest {
  private static final HostName HOST = new HostName("hooks.example");
  private static final byte[] FIRST = {127, 0, 0, 1};
  private static final byte[] SECOND = {10, 0, 0, 1};

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static Function<Question, List<Entry>> ifAskedForIpv4(List<Entry> records) {
    return question -> question.type().equals(DnsRecordType.A) ? records : List.of();
  }

  private List<InetAddress> resolve(DnsStub stub) throws Exception {
    try (DnsResolver resolver = stub.resolver(loops.next())) {
      return resolver.resolve(HOST).get(1, TimeUnit.MINUTES);
    }
  }

  @Test
  void everyAddressIsTold() throws Exception {
    List<Entry> both =
        List.of(Entry.address("hooks.example.", FIRST), Entry.address("hooks.example.", SECOND));
    try (DnsStub stub = DnsStub.telling(ifAskedForIpv4(both))) {
      assertThat(resolve(stub))
          .containsExactly(InetAddress.getByAddress(FIRST), InetAddress.getByAddress(SECOND));
    }
  }

  @Test
  void nothingIsKeptFromOneLookUpToTheNext() throws Exception {
    try (DnsStub stub =
        DnsStub.telling(ifAskedForIpv4(List.of(Entry.address("hooks.example.", FIRST))))) {
      resolve(stub);
      try (DnsResolver resolver = stub.resolver(loops.next())) {
        for (int i = 0; i < 3; i++) {
          resolver.resolve(HOST).get(1, TimeUnit.MINUTES);
        }
      }
      assertThat(stub.asked()).hasSize(4);
    }
  }

  @Test
  void aNameWithoutAddressIsAFault() {
    try (DnsStub stub = DnsStub.telling(question -> List.of())) {
      assertThatThrownBy(() -> resolve(stub)).isInstanceOf(ExecutionException.class);
    }
  }

  /** An answer about somebody else is none. */
  @Test
  void addressesOfOtherNamesDoNotCount() {
    try (DnsStub stub =
        DnsStub.telling(ifAskedForIpv4(List.of(Entry.address("other.example.", FIRST))))) {
      assertThatThrownBy(() -> resolve(stub)).isInstanceOf(ExecutionException.class);
    }
  }

  /**
   * Whoever owns a zone can answer with name servers and their addresses instead. Who follows them
   * sends to any address there is; here the configured server is asked again, a few times.
   */
  @Test
  void referralsToOtherServersAreNotFollowed() {
    byte[] server = "\u0002ns\u0005hooks\u0007example\u0000".getBytes(StandardCharsets.US_ASCII);
    List<Entry> referral =
        List.of(
            new Entry(DnsSection.AUTHORITY, "hooks.example.", DnsRecordType.NS, server),
            new Entry(
                DnsSection.ADDITIONAL,
                "ns.hooks.example.",
                DnsRecordType.A,
                new byte[] {127, 0, 0, 9}));
    try (DnsStub stub = DnsStub.telling(ifAskedForIpv4(referral))) {
      assertThatThrownBy(() -> resolve(stub)).isInstanceOf(ExecutionException.class);
      assertThat(stub.asked()).hasSizeBetween(2, 16);
    }
  }
}
