package io.tidegate.webhook.send;

import io.netty.channel.Channel;
import io.tidegate.settings.WebhookAllow;
import io.tidegate.webhook.dns.DnsResolver;
import io.tidegate.webhook.dns.Resolver;
import io.tidegate.webhook.send.Outcome.Fault;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Resolves a host once, has each of its addresses checked, and connects to a checked one; nothing
 * below it resolves anything. Uses no proxy, follows no redirect, keeps no connection and no
 * cookie. Why so: {@code docs/decisions/webhook-targets.md}.
 */
public final class GuardedSender implements Sender, AutoCloseable {
  /** For all of a call: a target that hangs holds its caller no longer. */
  static final Duration WITHIN = Duration.ofSeconds(5);

  /** What is read of an answer, its head included. */
  static final int ANSWER_BYTES = 64 * 1024;

  /** Of a host with many that do not answer, not each has to be tried to know. */
  private static final int MOST_ADDRESSES = 3;

  private final Guard guard;
  private final Connector connector;
  private final Resolver resolver;
  private final Duration within;

  /** A connection and what hears its answer. */
  private record Line(Channel channel, Exchange exchange) {}

  /** Set once, by whoever closes; what begins afterwards has no thread that would end it. */
  private volatile boolean closed;

  /**
   * A sender by this machine's name servers, and the authorities that the JDK trusts.
   *
   * @throws io.tidegate.settings.SettingsException when what is named can never be opened
   */
  public static GuardedSender of(WebhookAllow allow) {
    Guard guard = new Guard(allow);
    Connector connector = new Connector(new TargetTls(null));
    return new GuardedSender(guard, connector, new DnsResolver(connector.loop()), WITHIN);
  }

  GuardedSender(Guard guard, Connector connector, Resolver resolver, Duration within) {
    this.guard = guard;
    this.connector = connector;
    this.resolver = resolver;
    this.within = within;
  }

  @Override
  public Outcome send(Target target, Map<String, String> headers, byte[] body) {
    return send(target, headers, body, within, ANSWER_BYTES);
  }

  /**
   * As {@link Sender#send}, with bounds of the caller's own.
   *
   * @param within for all of the call
   * @param answerBytes what is read of the answer, its head included
   */
  public Outcome send(
      Target target, Map<String, String> headers, byte[] body, Duration within, int answerBytes) {
    Deadline deadline = new Deadline(within);
    Post post = new Post(target, headers, body);
    try {
      ensureOpen();
      guard.ensureMayBeNamed(target);
      List<InetAddress> addresses = addresses(target, deadline);
      guard.ensureMayBeCalled(target, addresses);
      Exchange.Reply reply = call(addresses, target, post, deadline, answerBytes);
      return new Outcome.Answered(reply.status(), reply.body(), reply.cut(), deadline.passed());
    } catch (ForbiddenTarget e) {
      return new Outcome.Refused(e.barrier(), e.reason());
    } catch (Broken e) {
      return new Outcome.Failed(e.fault(), e.reason(), deadline.passed());
    }
  }

  private void ensureOpen() throws Broken {
    if (closed) {
      throw Deadline.stopped();
    }
  }

  private List<InetAddress> addresses(Target target, Deadline deadline) throws Broken {
    return switch (target.host()) {
      case Target.Host.Literal literal -> List.of(literal.address());
      case Target.Host.Named named -> {
        try {
          List<InetAddress> found =
              deadline.await(resolver.resolve(named.name()), "the addresses of the host");
          if (found.isEmpty()) {
            throw new Broken(Fault.NO_ADDRESS, "the host has no address");
          }
          yield found;
        } catch (ExecutionException e) {
          throw new Broken(Fault.NO_ADDRESS, "the host's name has no address that can be found");
        }
      }
    };
  }

  private Exchange.Reply call(
      List<InetAddress> addresses, Target target, Post post, Deadline deadline, int answerBytes)
      throws Broken {
    Line line = connect(addresses, target, deadline, answerBytes);
    try {
      return deadline.await(
          line.exchange().ask(line.channel(), post.request()), "the whole answer");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Broken broken) {
        throw broken;
      }
      throw new IllegalStateException(e);
    } finally {
      line.channel().close();
    }
  }

  /** To the first address that accepts; each has an even part of the time that is left. */
  private Line connect(
      List<InetAddress> addresses, Target target, Deadline deadline, int answerBytes)
      throws Broken {
    int most = Math.min(addresses.size(), MOST_ADDRESSES);
    for (int at = 0; ; at++) {
      Duration share = deadline.left().dividedBy(most - at);
      Exchange exchange = new Exchange(answerBytes);
      try {
        return new Line(
            connector.connect(addresses.get(at), target, exchange, share, deadline), exchange);
      } catch (Broken e) {
        if (e.fault() != Fault.NO_CONNECTION || at == most - 1) {
          throw e;
        }
      }
    }
  }

  /** What is under way ends as {@link Fault#CLOSED} or {@link Fault#STOPPED}. */
  @Override
  public void close() {
    closed = true;
    connector.close();
    if (resolver instanceof DnsResolver names) {
      names.close();
    }
  }
}
