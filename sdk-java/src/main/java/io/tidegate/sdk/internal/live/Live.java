package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.ChannelOptions;
import io.tidegate.sdk.Connection;
import io.tidegate.sdk.Discontinuity;
import io.tidegate.sdk.Message;
import io.tidegate.sdk.MessageListener;
import io.tidegate.sdk.Position;
import io.tidegate.sdk.Presence;
import io.tidegate.sdk.Published;
import io.tidegate.sdk.SubscribeOptions;
import io.tidegate.sdk.Subscription;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.internal.HttpPresence;
import io.tidegate.sdk.internal.message.MessageCodec;
import io.tidegate.sdk.internal.message.MessageCodec.Outgoing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The client half: one connection and the channels on it. */
public final class Live implements AutoCloseable {
  private final LiveSettings settings;

  /**
   * Guards everything of this client that changes; held for moments, never while anything waits.
   */
  private final ReentrantLock lock = new ReentrantLock();

  private final Requests requests = new Requests();
  private final Link link;
  private final Lines lines = new Lines();
  private final Publishing publishing;
  private final Map<String, Feed> feeds = new HashMap<>();
  private final Map<String, Room> rooms = new HashMap<>();
  private final Serial presenceCalls;

  /** Channels of a `present` that comes in several frames. */
  private final Set<String> present = new HashSet<>();

  private Live(LiveSettings settings) {
    this.settings = settings;
    this.presenceCalls = new Serial(settings.callbacks());
    this.link = new Link(settings, lock, requests, lines);
    this.publishing = new Publishing(new Outbox(settings.queue()), lines, settings.callbacks());
  }

  /** Nothing is opened before it is asked for. */
  public static Live of(LiveSettings settings) {
    return new Live(settings);
  }

  public Connection connection() {
    return link;
  }

  /** Subscribes, and opens the connection for it. */
  public Subscription subscribe(
      String channel, ChannelOptions options, SubscribeOptions how, MessageListener listener) {
    return add(channel, options, how, Long.MAX_VALUE, new ListenerSink(listener));
  }

  /** Each subscriber has a subscription of its own. */
  public Flow.Publisher<Message> stream(
      String channel,
      ChannelOptions options,
      SubscribeOptions how,
      Consumer<Discontinuity> onDiscontinuity) {
    return subscriber ->
        StreamSink.begin(subscriber, onDiscontinuity, sink -> add(channel, options, how, 0, sink));
  }

  private Receiver add(
      String channel,
      ChannelOptions options,
      SubscribeOptions how,
      long demand,
      Receiver.Sink sink) {
    MessageCodec codec = new MessageCodec(channel, options, settings.mapper());
    Receiver receiver =
        new Receiver(channel, codec, how, sink, demand, settings.callbacks(), lines);
    locked(
        () -> {
          link.wanted();
          feed(channel).add(receiver);
          return receiver;
        });
    return receiver;
  }

  /** Publishes over the connection; waits in the queue while there is none. */
  public CompletableFuture<Published> publish(String channel, List<Outgoing> written) {
    return locked(
        () -> {
          link.wanted();
          return publishing.publish(channel, written);
        });
  }

  /** Whether a publish goes this way: the connection is wanted, and one frame can hold it. */
  public boolean carries(List<Outgoing> written) {
    return Outbox.fits(written)
        && switch (link.state()) {
          case CONNECTING, CONNECTED, DISCONNECTED, SUSPENDED -> true;
          case INITIALIZED, CLOSED, FAILED -> false;
        };
  }

  /** Presence of a channel; what is asked over HTTP is asked there. */
  public Presence presence(String channel, HttpPresence http) {
    return new ChannelPresence(
        settings.mapper(),
        new ChannelPresence.Rooms() {
          @Override
          public <T> T with(boolean follows, Function<Room, T> action) {
            return locked(
                () -> {
                  link.wanted();
                  T answer = action.apply(room(channel));
                  if (follows) {
                    feed(channel).followPresence();
                  }
                  return answer;
                });
          }
        },
        http);
  }

  /** Says goodbye; what waits fails. */
  @Override
  public void close() {
    link.close();
  }

  private Feed feed(String channel) {
    return feeds.computeIfAbsent(channel, name -> new Feed(name, lines));
  }

  private Room room(String channel) {
    return rooms.computeIfAbsent(channel, name -> new Room(name, lines, presenceCalls));
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** Between the link and the channels. */
  private final class Lines implements Link.Session, Wire, Receiver.Owner {
    @Override
    public void attached(boolean resumed) {
      present.clear();
      rooms.values().forEach(room -> room.attached(resumed));
      feeds.values().forEach(Feed::attached);
      publishing.attached();
    }

    @Override
    public void detached() {
      feeds.values().forEach(Feed::detached);
      rooms.values().forEach(Room::detached);
      publishing.detached();
    }

    @Override
    public void failed(TidegateException reason) {
      publishing.failed(reason);
      rooms.values().forEach(room -> room.failed(reason));
    }

    @Override
    public void frame(Frame frame) {
      if (frame.type.equals("present")) {
        present(frame);
        return;
      }
      if (frame.type.equals("presence")) {
        Room room = rooms.get(frame.channel);
        if (room != null) {
          room.event(frame);
        }
        return;
      }
      Feed feed = feeds.get(frame.channel);
      if (feed == null) {
        return;
      }
      switch (frame.type) {
        case "message", "skipped" -> feed.message(frame);
        case "subscribed" -> feed.subscribed(frame);
        case "discontinuity" -> feed.discontinuity(frame);
        case "unsubscribed", "error" ->
            feed.ended(Refusals.of(frame.code, String.valueOf(frame.message), frame.retryAfterMs));
        default -> {
          // A later release may say more.
        }
      }
    }

    private void present(Frame frame) {
      present.addAll(frame.channels);
      if (!frame.more) {
        rooms.forEach((channel, room) -> room.present(present.contains(channel)));
        present.clear();
      }
    }

    @Override
    public boolean isOpen() {
      return link.isOpen();
    }

    @Override
    public void send(String frame) {
      link.send(frame);
    }

    @Override
    public Requests requests() {
      return requests;
    }

    @Override
    public void later(long ms, Runnable task) {
      Runnable guarded =
          () ->
              locked(
                  () -> {
                    task.run();
                    return ms;
                  });
      Threads.timer().schedule(guarded, ms, TimeUnit.MILLISECONDS);
    }

    @Override
    public void unsubscribed(String channel) {
      Room room = rooms.get(channel);
      if (room != null) {
        room.unsubscribed();
      }
    }

    @Override
    public void drained(Receiver receiver) {
      locked(
          () -> {
            if (receiver.parked) {
              feed(receiver.channel()).drained(receiver);
            }
            return receiver;
          });
    }

    @Override
    public void closed(Receiver receiver) {
      locked(
          () -> {
            Feed feed = feed(receiver.channel());
            feed.remove(receiver);
            if (feed.isIdle()) {
              feeds.remove(receiver.channel());
            }
            return receiver;
          });
    }

    @Override
    public Optional<Position> position(Receiver receiver) {
      return locked(() -> Optional.ofNullable(receiver.cursor.position()));
    }
  }
}
