package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Connection;
import io.tidegate.sdk.ConnectionState;
import io.tidegate.sdk.ConnectionStateChange;
import io.tidegate.sdk.Registration;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.TidegateException.Local;
import io.tidegate.sdk.internal.Futures;
import io.tidegate.sdk.internal.auth.TokenSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
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

  private static final long TICK_MS = 1_000;

  /** The gateway is heard each ping interval; this much later it counts as gone. */
  private static final long SILENCE_MS = 10_000;

  private static final String BEARER = "Bearer ";

  private final LiveSettings settings;
  private final ReentrantLock lock;
  private final Requests requests;
  private final Session session;
  private final ConnectionMachine machine = new ConnectionMachine(new SplittableRandom());
  private final Serial told;
  private final List<Consumer<ConnectionStateChange>> listeners = new CopyOnWriteArrayList<>();

  /** The rest is guarded by the lock. */
  private final Map<Input.Timer, ScheduledFuture<?>> timers = new EnumMap<>(Input.Timer.class);

  private final List<CompletableFuture<Void>> awaiting = new ArrayList<>();
  private @Nullable Socket socket;
  private @Nullable ScheduledFuture<?> ticking;
  private long lastTick;
  private long pingIntervalMs;
  private @Nullable String id;

  Link(LiveSettings settings, ReentrantLock lock, Requests requests, Session session) {
    this.settings = settings;
    this.lock = lock;
    this.requests = requests;
    this.session = session;
    this.told = new Serial(settings.callbacks());
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
      send(Frames.auth(renew.token(), requests.add(new Renewal()), null, true));
    } else if (effect instanceof Effect.Drop drop) {
      if (socket != null) {
        socket.drop(drop.goodbye());
        socket = null;
      }
    } else if (effect instanceof Effect.Start start) {
      start(start.timer(), start.ms());
    } else if (effect instanceof Effect.Cancel cancel) {
      cancel(cancel.timer());
    } else if (effect instanceof Effect.Announce announce) {
      announce(announce.change());
    } else if (effect instanceof Effect.Attach attach) {
      startTicking();
      session.attached(attach.resumed());
    } else if (effect instanceof Effect.Detach) {
      socket = null;
      stopTicking();
      requests.clear();
      session.detached();
    } else if (effect instanceof Effect.Fail fail) {
      session.failed(fail.reason());
      settle(fail.reason());
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
              if (thrown == null) {
                step(credential(fetch.ask(), authorization));
              } else {
                step(new Input.NoCredential(fetch.ask(), noToken(Futures.cause(thrown))));
              }
            });
  }

  private static Input credential(int ask, String authorization) {
    boolean bearer = authorization.startsWith(BEARER);
    Long expiry = bearer ? TokenSource.expiry(authorization.substring(BEARER.length())) : null;
    Long life = expiry == null ? null : expiry * 1000 - System.currentTimeMillis();
    return new Input.Credential(ask, authorization, bearer, life);
  }

  private static TidegateException noToken(Throwable cause) {
    return cause instanceof TidegateException known
        ? known
        : TidegateException.local(Local.NO_TOKEN, "no token: " + cause.getMessage(), cause);
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

  private void start(Input.Timer timer, long ms) {
    cancel(timer);
    timers.put(
        timer,
        Threads.timer().schedule(() -> step(new Input.Due(timer)), ms, TimeUnit.MILLISECONDS));
  }

  private void cancel(Input.Timer timer) {
    ScheduledFuture<?> running = timers.remove(timer);
    if (running != null) {
      running.cancel(false);
    }
  }

  private void startTicking() {
    stopTicking();
    lastTick = System.nanoTime();
    ticking =
        Threads.timer().scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  private void stopTicking() {
    if (ticking != null) {
      ticking.cancel(false);
      ticking = null;
    }
  }

  private void tick() {
    lock.lock();
    try {
      long now = System.nanoTime();
      // A process that stood still has frames to read first.
      boolean late = now - lastTick > TimeUnit.MILLISECONDS.toNanos(3 * TICK_MS);
      lastTick = now;
      if (late || socket == null || !isOpen()) {
        return;
      }
      if (socket.silence() > TimeUnit.MILLISECONDS.toNanos(pingIntervalMs + SILENCE_MS)) {
        step(new Input.Dead(overdue("Nothing was heard of the gateway")));
      } else if (requests.overdue() > settings.answerWithin().toNanos()) {
        step(new Input.Dead(overdue("The gateway did not answer")));
      }
    } finally {
      lock.unlock();
    }
  }

  private static TidegateException overdue(String message) {
    return TidegateException.local(Local.TIMEOUT, message, null);
  }

  private void announce(ConnectionStateChange change) {
    if (change.current() == ConnectionState.CONNECTED) {
      settle(null);
    }
    for (Consumer<ConnectionStateChange> listener : listeners) {
      told.execute(() -> listener.accept(change));
    }
  }

  private void settle(@Nullable TidegateException reason) {
    List<CompletableFuture<Void>> all = List.copyOf(awaiting);
    awaiting.clear();
    if (!all.isEmpty()) {
      told.execute(() -> all.forEach(one -> Settling.settle(one, reason)));
    }
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
    CompletableFuture<Void> future = new CompletableFuture<>();
    lock.lock();
    try {
      if (isOpen()) {
        future.complete(null);
      } else {
        awaiting.add(future);
        connect();
      }
    } finally {
      lock.unlock();
    }
    return future;
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
    Consumer<ConnectionStateChange> own = listener::accept;
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  @Override
  public void close() {
    step(new Input.Close());
  }
}
