package io.tidegate.sdk;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is present in a channel, and being present oneself. All but {@link #get} and {@link #count}
 * need a connection, and open it; to enter needs a token with a clientId. Implemented by the SDK
 * alone.
 */
public interface Presence {
  /** Who is present now, asked over HTTP page by page; nobody where only the count is told. */
  Paged<Member> get();

  /** How many are present now, asked over HTTP. */
  long count();

  /**
   * Is a member from now on, with these data; entered again by itself whenever the gateway has lost
   * it. The clients of one connection are one member.
   */
  void enter(@Nullable Object data);

  /** {@link #enter} without waiting; while offline it waits for the connection. */
  CompletableFuture<Void> enterAsync(@Nullable Object data);

  /** Other data of a member; refused with 40907 for who has not entered. */
  void update(@Nullable Object data);

  /** {@link #update} without waiting; while offline it waits for the connection. */
  CompletableFuture<Void> updateAsync(@Nullable Object data);

  /** Is a member no more. */
  void leave();

  /** {@link #leave} without waiting. */
  CompletableFuture<Void> leaveAsync();

  /**
   * The members, kept in sync from the first call on; waits until they are known. Empty where only
   * the count is told.
   */
  List<Member> members();

  /** {@link #members} without waiting. */
  CompletableFuture<List<Member>> membersAsync();

  /** Tells of each change, beginning with who is there; one call at a time. */
  Registration onChange(Consumer<PresenceEvent> listener);
}
