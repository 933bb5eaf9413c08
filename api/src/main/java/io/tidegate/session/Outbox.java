package io.tidegate.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.tidegate.channel.Head;
import io.tidegate.channel.Position;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.frame.ServerEvent;
import io.tidegate.frame.WireFormat;
import io.tidegate.hub.Batch;
import io.tidegate.hub.Subscriber;
import io.tidegate.hub.Subscription;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one client is owed. Messages are never queued here: while the transport is full each
 * subscription keeps its cursor, and goes on from there by {@link CatchUp} when there is room.
 * Events have a bound of their own. Belongs to the client's event loop.
 */
final class Outbox implements Subscriber {
  /** Events written although the transport is full; one more ends the connection. */
  private static final int MAX_FULL_EVENTS = 64;

  private static final int MAX_FULL_EVENT_BYTES = 64 << 10;

  /** So long may a client not read, or not keep up with what is published. */
  static final long SLOW_NANOS = 10_000_000_000L;

  /** So long may it while the node has too little room; one that reads takes 32 kB sooner. */
  private static final long STALLED_NANOS = 1_000_000_000L;

  private final Session session;
  private final Transport transport;
  private final WireFormat format;

  /** Null until a subscription fell behind. */
  private @Nullable CatchUp catchUp;

  private boolean flushComing;
  private int fullEvents;
  private int fullEventBytes;

  /** When the transport became full, 0 while it is not; nanoTime. */
  private long fullSince;

  Outbox(Session session, Transport transport, WireFormat format) {
    this.session = session;
    this.transport = transport;
    this.format = format;
  }

  Transport transport() {
    return transport;
  }

  /** Tells the client something; flush follows. */
  void event(ServerEvent event) {
    ByteBuf bytes = ByteBufAllocator.DEFAULT.ioBuffer(256);
    format.write(event, bytes);
    if (!transport.isWritable()) {
      fullEvents++;
      fullEventBytes += bytes.readableBytes();
      if (fullEvents > MAX_FULL_EVENTS || fullEventBytes > MAX_FULL_EVENT_BYTES) {
        bytes.release();
        session.end(slow("it does not read what it is told"));
        return;
      }
    }
    transport.write(bytes);
  }

  @Override
  public void onSubscribed(
      Subscription subscription, Position at, Head.Resume.@Nullable Lost lost) {
    session.subscriptions().begun(subscription, at, lost);
  }

  @Override
  public void onFailed(Subscription subscription, RefusedException refused) {
    session.subscriptions().failed(subscription, refused);
  }

  @Override
  public boolean onBatch(Subscription subscription, Batch batch) {
    if (!transport.isWritable() || !session.client().quota().tenant().deliver(batch.size())) {
      catchUp().fellBehind();
      return false;
    }
    write(batch);
    return true;
  }

  /** Whose subscription one here is; for who looks at all of a channel. */
  Session session() {
    return session;
  }

  /** Whether any of its subscriptions has ever fallen behind. */
  boolean mayBeBehind() {
    return catchUp != null;
  }

  private CatchUp catchUp() {
    CatchUp made = catchUp;
    if (made == null) {
      made = new CatchUp(session, this);
      catchUp = made;
    }
    return made;
  }

  void write(Batch batch) {
    if (batch.isPersonal() && isForSomeoneElse(batch)) {
      transport.write(withoutSkipped(batch));
    } else {
      transport.write(batch.bytes(format));
    }
  }

  private boolean isForSomeoneElse(Batch batch) {
    for (EncodedMessage message : batch.messages()) {
      if (message.skips(session.connectionId(), session.client().echo())) {
        return true;
      }
    }
    return false;
  }

  private ByteBuf withoutSkipped(Batch batch) {
    ByteBuf bytes = ByteBufAllocator.DEFAULT.ioBuffer();
    for (EncodedMessage message : batch.messages()) {
      if (message.skips(session.connectionId(), session.client().echo())) {
        Position at = new Position(message.epoch(), message.seq());
        format.write(new ServerEvent.Skipped(message.channel(), at), bytes);
      } else {
        format.write(message, bytes);
      }
    }
    return bytes;
  }

  @Override
  public void onJump(
      Subscription subscription, Position from, Position to, String reason, @Nullable Long missed) {
    event(new ServerEvent.Discontinuity(subscription.channel(), to, from, missed, reason));
  }

  /** The jump at the start of a subscription that could not be resumed completely. */
  void lost(Subscription subscription, Position from, Position to, Head.Resume.Lost lost) {
    Long missed = lost == Head.Resume.Lost.RETENTION ? Long.valueOf(to.seq() - from.seq()) : null;
    onJump(subscription, from, to, lost.name().toLowerCase(Locale.ROOT), missed);
  }

  @Override
  public void onReady(Subscription subscription) {
    catchUp().add(subscription);
  }

  @Override
  public void onFault(Throwable fault) {
    session.fault(fault);
  }

  /** The transport has become full, or has room again. */
  void writabilityChanged() {
    if (transport.isWritable()) {
      fullSince = 0;
      fullEvents = 0;
      fullEventBytes = 0;
      if (catchUp != null) {
        catchUp.pump();
      }
      transport.flush();
      transport.reading(true);
    } else {
      fullSince = now();
      transport.reading(false);
    }
  }

  /** Whether its client has taken nothing for a while, though there was something. */
  boolean isStalled() {
    return fullSince != 0 && now() - fullSince > STALLED_NANOS;
  }

  /** Ends the session of a client that has not kept up for too long. */
  void checkSlow() {
    long now = now();
    if (fullSince != 0 && now - fullSince > SLOW_NANOS) {
      session.end(slow("it has read nothing for 10 s"));
    } else if (catchUp != null && catchUp.isSlow(now)) {
      session.end(
          catchUp.isStarved()
              ? session.client().quota().tenant().starved()
              : slow("it has been behind for 10 s"));
    }
  }

  @Override
  public boolean needsFlush() {
    boolean first = !flushComing;
    flushComing = true;
    return first;
  }

  @Override
  public void flush() {
    flushComing = false;
    transport.flush();
  }

  private static RefusedException slow(String why) {
    return new RefusedException(Refusal.SLOW_CONSUMER, why);
  }

  /** Never 0, which means "not". */
  static long now() {
    return System.nanoTime() | 1;
  }
}
