package io.tidegate.webhook.send;

import io.netty.channel.socket.nio.NioSocketChannel;
import io.tidegate.e2e.gateway.TestCertificate;
import io.tidegate.settings.AddressRange;
import io.tidegate.settings.HostName;
import io.tidegate.settings.WebhookAllow;
import io.tidegate.webhook.dns.Resolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Senders for tests: who is asked for addresses, whom TLS trusts, and how long a call has. */
public final class Senders {
  /** Where an answer is expected: a busy machine may take its time. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  static final byte[] BODY = "{\"id\":\"e1\"}".getBytes(StandardCharsets.UTF_8);

  private Senders() {}

  /** Reaches what is named, by addresses only: there is nobody to ask for names. */
  public static GuardedSender allowing(String allow) {
    return of(allow, nobody(), PATIENCE);
  }

  static GuardedSender of(String allow, Resolver resolver, Duration within) {
    return new GuardedSender(
        new Guard(WebhookAllow.parse(allow)), new Connector(new TargetTls(null)), resolver, within);
  }

  /** Each connection that is tried, to whatever address, adds one. */
  static GuardedSender counting(AtomicInteger tried, String allow, Resolver resolver) {
    Connector connector =
        new Connector(
            new TargetTls(null),
            () -> {
              tried.incrementAndGet();
              return new NioSocketChannel();
            });
    return new GuardedSender(new Guard(WebhookAllow.parse(allow)), connector, resolver, PATIENCE);
  }

  /** TLS trusts this certificate and no other. */
  static GuardedSender trusting(TestCertificate certificate, String allow, Resolver resolver) {
    return new GuardedSender(
        new Guard(WebhookAllow.parse(allow)),
        new Connector(new TargetTls(certificate.certificate())),
        resolver,
        PATIENCE);
  }

  static Resolver nobody() {
    return host -> CompletableFuture.failedFuture(new UnknownHostException(host.text()));
  }

  /** Every name has these addresses. */
  static Resolver answering(String... addresses) {
    List<InetAddress> all =
        Arrays.stream(addresses)
            .map(text -> Objects.requireNonNull(AddressRange.address(text)))
            .toList();
    return (HostName host) -> CompletableFuture.completedFuture(all);
  }

  static Outcome send(Sender sender, String url) throws ForbiddenTarget {
    return sender.send(Target.of(url), Map.of("Content-Type", "application/json"), BODY);
  }
}
