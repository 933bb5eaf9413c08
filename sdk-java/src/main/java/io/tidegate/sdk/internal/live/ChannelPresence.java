package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.JsonMapper;
import io.tidegate.sdk.Member;
import io.tidegate.sdk.Paged;
import io.tidegate.sdk.Presence;
import io.tidegate.sdk.PresenceEvent;
import io.tidegate.sdk.Registration;
import io.tidegate.sdk.internal.Futures;
import io.tidegate.sdk.internal.HttpPresence;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an application has of a {@link Room}. */
final class ChannelPresence implements Presence {
  /** The way to the channel's room. */
  interface Rooms {
    /**
     * Does something with it, under the lock.
     *
     * @param follows whether the gateway is to tell who is present from now on
     */
    <T> T with(boolean follows, Function<Room, T> action);
  }

  private final JsonMapper mapper;
  private final Rooms rooms;
  private final HttpPresence http;

  ChannelPresence(JsonMapper mapper, Rooms rooms, HttpPresence http) {
    this.mapper = mapper;
    this.rooms = rooms;
    this.http = http;
  }

  @Override
  public Paged<Member> get() {
    return http.get();
  }

  @Override
  public long count() {
    return http.count();
  }

  @Override
  public void enter(@Nullable Object data) {
    Futures.join(enterAsync(data));
  }

  @Override
  public CompletableFuture<Void> enterAsync(@Nullable Object data) {
    String json = data == null ? null : json(data);
    return rooms.with(false, room -> room.enter(json));
  }

  @Override
  public void update(@Nullable Object data) {
    Futures.join(updateAsync(data));
  }

  @Override
  public CompletableFuture<Void> updateAsync(@Nullable Object data) {
    String json = data == null ? null : json(data);
    return rooms.with(false, room -> room.update(json));
  }

  private String json(Object data) {
    try {
      return mapper.write(data);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalArgumentException("The data cannot be written as JSON", e);
    }
  }

  @Override
  public void leave() {
    Futures.join(leaveAsync());
  }

  @Override
  public CompletableFuture<Void> leaveAsync() {
    return rooms.with(false, Room::leave);
  }

  @Override
  public List<Member> members() {
    return Futures.join(membersAsync());
  }

  @Override
  public CompletableFuture<List<Member>> membersAsync() {
    return rooms.with(true, Room::members);
  }

  @Override
  public Registration onChange(Consumer<PresenceEvent> listener) {
    Consumer<PresenceEvent> own = listener::accept;
    rooms.with(
        true,
        room -> {
          room.listen(own);
          return room;
        });
    return () ->
        rooms.with(
            false,
            room -> {
              room.ignore(own);
              return room;
            });
  }
}
