package io.tidegate.guard;

import io.netty.channel.Channel;
import io.tidegate.peer.PublicPort;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.settings.Proxies;
import io.tidegate.settings.Settings;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections to the public port, whatever they speak: no more than there are file descriptors
 * for, since the database and files need some too, and no more of one address than it may have.
 * Lines of a trusted proxy are its clients', who are known by their requests only. Any thread.
 */
@Singleton
public final class Lines {
  /** Lines that are told why they are closed, at a time; a flood's others are just closed. */
  private static final int MOST_TOLD = 64;

  private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long RETRY_MILLIS = 5_000;
  private static final Logger LOG = LoggerFactory.getLogger(Lines.class);

  private final PublicPort port;
  private final Proxies proxies;
  private final AddressCount addresses;
  private final int most = Descriptors.linesAtMost();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();
  private final LongAdder closed = new LongAdder();
  private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - LOG_NANOS);

  Lines(Settings settings, PublicPort port) {
    this.port = port;
    this.proxies = settings.proxies();
    this.addresses = new AddressCount(settings.overload().connectionsPerAddress());
  }

  public int open() {
    return open.get();
  }

  /** How many there may be. */
  public int most() {
    return most;
  }

  /** How many were closed without a word. */
  public long closed() {
    return closed.sum();
  }

  /**
   * Counts a line that was just accepted until it is closed.
   *
   * @return false when it is one too many for the node, which is to close it now
   */
  boolean accept(Channel channel) {
    if (!port.took(channel)) {
      return true;
    }
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      closed.increment();
      logFull();
      return false;
    }
    channel.closeFuture().addListener(gone -> open.decrementAndGet());
    return true;
  }

  /**
   * Counts a line for its address until it is closed.
   *
   * @return why it is refused: ADDRESS_LIMIT_REACHED, or null
   */
  @Nullable RefusedException enter(Channel channel) {
    boolean counts = port.took(channel) && !ofProxy(channel);
    return !counts || hasRoom(channel, address(channel)) ? null : tooMany();
  }

  /**
   * The client of a line that a trusted proxy holds for it, once its request tells who it is.
   *
   * @throws RefusedException ADDRESS_LIMIT_REACHED
   */
  public void enterBehindProxy(Channel channel, String address) {
    if (ofProxy(channel) && !hasRoom(channel, address)) {
      throw tooMany();
    }
  }

  private boolean hasRoom(Channel channel, String address) {
    boolean within = addresses.enter(address);
    channel.closeFuture().addListener(gone -> addresses.leave(address));
    return within;
  }

  private static RefusedException tooMany() {
    return RefusedException.retryAfter(
        Refusal.ADDRESS_LIMIT_REACHED,
        "this address has as many connections as one may have",
        RETRY_MILLIS);
  }

  /** Whether a line that is refused may stay for as long as telling why takes. */
  boolean mayBeTold(Channel channel) {
    if (told.incrementAndGet() > MOST_TOLD) {
      told.decrementAndGet();
      return false;
    }
    channel.closeFuture().addListener(gone -> told.decrementAndGet());
    return true;
  }

  /** Closes it without a word: a browser's EventSource takes that for a reason to come again. */
  void shut(Channel channel) {
    closed.increment();
    // Not at once: what builds the pipeline has not done so yet.
    channel.eventLoop().execute(channel::close);
  }

  boolean ofProxy(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress remote
        && proxies.trust(remote.getAddress());
  }

  static String address(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress remote
        ? remote.getAddress().getHostAddress()
        : "unknown";
  }

  private void logFull() {
    long before = loggedAt.get();
    long now = System.nanoTime();
    if (now - before >= LOG_NANOS && loggedAt.compareAndSet(before, now)) {
      LOG.warn(
          "{} connections are open, as many as there are file descriptors for: more are closed at"
              + " once (raise ulimit -n, or LimitNOFILE); said once a minute",
          most);
    }
  }
}
