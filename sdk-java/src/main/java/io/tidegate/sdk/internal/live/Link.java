package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Connection;
import io.tidegate.sdk.ConnectionState;
import io.tidegate.sdk.ConnectionStateChange;
import io.tidegate.sdk.Registration;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.TidegateException.Local;
import io.tidegate.sdk.internal.Futures;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out what {@link ConnectionMachine} decides: token, socket, timers, heartbeat. */
final class Link implements Connection, Socket.Events {
  /** What is carried; called under the lock. */
  interface Session {
    void attached(boolean resumed);

    void detached();

    void failed(TidegateException reason);

    /** Any frame but those about the connection. */
    void frame(Frame frame);
  }

  private final LiveSettings settings;
  private final ReentrantLock lock;
  private final Requests requests;
  private final Session session;
  private final ConnectionMachine machine = new ConnectionMachine(new SplittableRandom());
  private final Watchers watchers;

  /** The rest is guarded by the lock. */
  private final Timers timers = new Timers(timer -> step(new Input.Due(timer)));

  private final Heartbeat heartbeat;
  private @Nullable Socket socket;
  private long pingIntervalMs;
  private @Nullable String id;

  Link(LiveSettings settings, ReentrantLock lock, Requests requests, Session session) {
    this.settings = settings;
    this.lock = lock;
    this.requests = requests;
    this.session = session;
    this.watchers = new Watchers(settings.callbacks());
    this.heartbeat = new Heartbeat(lock, requests, settings.answerWithin(), this::dead);
  }

  /** Whether frames can be sent; under the lock. */
  boolean isOpen() {
    return machine.state() == ConnectionState.CONNECTED;
  }

  /** Under the lock, while it is open. */
  void send(String frame) {
    if (socket != null) {
      socket.send(frame);
    }
  }

  private void step(Input input) {
    lock.lock();
    try {
      for (Effect effect : machine.on(input)) {
        carryOut(effect);
      }
    } finally {
      lock.unlock();
    }
  }

  private void carryOut(Effect effect) {
    if (effect instanceof Effect.Fetch fetch) {
      fetch(fetch);
    } else if (effect instanceof Effect.Open open) {
      boolean key = open.keyAuthorization() != null;
      socket =
          Socket.open(
              Threads.http(),
              settings.webSocket(open.url(), key, open.resume()),
              open.keyAuthorization(),
              this,
              lock);
    } else if (effect instanceof Effect.Authenticate auth) {
      send(Frames.auth(auth.token(), null, auth.resume(), settings.echo()));
    } else if (effect instanceof Effect.Renew renew) {
      send(Frames.auth(renew.token(), requests.addBounded(new Renewal()), null, true));
    } else if (effect instanceof Effect.Drop drop) {
      if (socket != null) {
        socket.drop(drop.goodbye());
        socket = null;
      }
    } else if (effect instanceof Effect.Start start) {
      timers.start(start.timer(), start.ms());
    } else if (effect instanceof Effect.Cancel cancel) {
      timers.cancel(cancel.timer());
    } else if (effect instanceof Effect.Announce announce) {
      watchers.announce(announce.change());
    } else if (effect instanceof Effect.Attach attach) {
      if (socket != null) {
        heartbeat.start(socket, pingIntervalMs);
      }
      session.attached(attach.resumed());
    } else if (effect instanceof Effect.Detach) {
      socket = null;
      heartbeat.stop();
      requests.clear();
      session.detached();
    } else if (effect instanceof Effect.Fail fail) {
      session.failed(fail.reason());
      watchers.failed(fail.reason());
    }
  }

  private void fetch(Effect.Fetch fetch) {
    if (fetch.refused() != null) {
      settings.credentials().refused(fetch.refused());
    }
    settings
        .credentials()
        .authorization()
        .whenComplete(
            (authorization, thrown) -> {
              step(
                  thrown == null
                      ? Input.Credential.of(fetch.ask(), authorization)
                      : Input.NoCredential.of(fetch.ask(), Futures.cause(thrown)));
            });
  }

  private final class Renewal implements Requests.Waiter {
    @Override
    public void done(Frame reply) {
      // Its end is known from the token.
    }

    @Override
    public void refused(TidegateException reason) {
      step(new Input.RenewalRefused(reason));
    }
  }

  private void dead(String message) {
    step(new Input.Dead(TidegateException.local(Local.TIMEOUT, message, null)));
  }

  @Override
  public void opened(Socket from) {
    lock.lock();
    try {
      if (from == socket) {
        step(new Input.Opened());
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void text(Socket from, String text) {
    Frame frame = Frame.read(text);
    lock.lock();
    try {
      if (from == socket) {
        take(frame);
      }
    } finally {
      lock.unlock();
    }
  }

  private void take(Frame frame) {
    switch (frame.type) {
      case "connected" -> {
        id = frame.connectionId;
        pingIntervalMs = frame.pingIntervalMs;
        step(
            new Input.Connected(
                String.valueOf(frame.connectionId),
                frame.connectionKey,
                frame.resumed,
                frame.pingIntervalMs));
      }
      case "error" -> {
        if (!requests.answered(frame)) {
          if (frame.channel.isEmpty()) {
            step(
                new Input.Refused(
                    Refusals.of(frame.code, String.valueOf(frame.message), frame.retryAfterMs)));
          } else {
            session.frame(frame);
          }
        }
      }
      case "expiring" -> step(new Input.Expiring());
      case "reconnect" -> step(new Input.Reconnect(frame.afterMs));
      case "reply" -> requests.answered(frame);
      default -> session.frame(frame);
    }
  }

  @Override
  public void gone(Socket from, int closeCode, @Nullable TidegateException reason) {
    lock.lock();
    try {
      if (from == socket) {
        socket = null;
        step(new Input.Gone(closeCode, reason));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ConnectionState state() {
    lock.lock();
    try {
      return machine.state();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void connect() {
    step(new Input.Connect());
  }

  /** Asks for it if nobody has closed or lost it. */
  void wanted() {
    if (machine.state() == ConnectionState.INITIALIZED) {
      connect();
    }
  }

  @Override
  public CompletableFuture<Void> connected() {
    lock.lock();
    try {
      if (isOpen()) {
        return CompletableFuture.completedFuture(null);
      }
      CompletableFuture<Void> future = watchers.await();
      connect();
      return future;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<String> id() {
    lock.lock();
    try {
      return Optional.ofNullable(id);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<TidegateException> reason() {
    lock.lock();
    try {
      return Optional.ofNullable(machine.reason());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Registration onStateChange(Consumer<ConnectionStateChange> listener) {
    return watchers.listen(listener);
  }

  @Override
  public void close() {
    step(new Input.Close());
  }
}
