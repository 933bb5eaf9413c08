package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.ConnectionState;
import io.tidegate.sdk.ConnectionStateChange;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.TidegateException.Local;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to connect, with what, and when again. Pure: inputs in, effects out. Sources: asyncapi.yaml
 * (Reconnect, Liveness), docs/errors.md (close codes).
 */
final class ConnectionMachine {
  /** From the first step to {@code connected}; a provider's time counts apart. */
  static final long OPENING_MS = 15_000;

  static final long STABLE_MS = 10_000;
  static final long SUSPEND_MS = 120_000;

  private final Comeback comeback;
  private final Shown shown;
  private final List<Effect> effects = new ArrayList<>();

  private ConnectionState state = ConnectionState.INITIALIZED;
  private @Nullable TidegateException reason;
  private int url;
  private boolean suspended;

  private @Nullable String connectionKey;

  ConnectionMachine(RandomGenerator random) {
    comeback = new Comeback(random);
    shown = new Shown(random);
  }

  ConnectionState state() {
    return state;
  }

  @Nullable TidegateException reason() {
    return reason;
  }

  /** One step. */
  List<Effect> on(Input input) {
    effects.clear();
    step(input);
    return List.copyOf(effects);
  }

  private void step(Input input) {
    if (input instanceof Input.Connect) {
      connect();
    } else if (input instanceof Input.Close) {
      close();
    } else if (input instanceof Input.Credential given) {
      credential(given);
    } else if (input instanceof Input.NoCredential none) {
      noCredential(none);
    } else if (input instanceof Input.Opened) {
      opened();
    } else if (input instanceof Input.Connected connected) {
      connected(connected);
    } else if (input instanceof Input.Refused refused) {
      reason = refused.reason();
      refused.reason().retryAfter().ifPresent(after -> comeback.advise(after.toMillis()));
    } else if (input instanceof Input.Reconnect reconnect) {
      comeback.advise(reconnect.afterMs());
      effects.add(new Effect.Start(Input.Timer.MOVE, reconnect.afterMs()));
    } else if (input instanceof Input.Gone gone) {
      gone(gone.closeCode(), gone.reason());
    } else if (input instanceof Input.Dead dead) {
      drop();
      gone(1006, dead.reason());
    } else if (input instanceof Input.Expiring) {
      renew();
    } else if (input instanceof Input.RenewalRefused refused) {
      renewalRefused(refused.reason());
    } else if (input instanceof Input.Due due) {
      due(due.timer());
    }
  }

  private boolean isUp() {
    return state == ConnectionState.CONNECTING || state == ConnectionState.CONNECTED;
  }

  private void connect() {
    if (isUp()) {
      return;
    }
    if (state != ConnectionState.DISCONNECTED && state != ConnectionState.SUSPENDED) {
      comeback.forget();
      suspended = false;
      effects.add(new Effect.Start(Input.Timer.SUSPEND, SUSPEND_MS));
    }
    attempt();
  }

  private void attempt() {
    effects.add(new Effect.Cancel(Input.Timer.RETRY));
    to(ConnectionState.CONNECTING, null, null);
    comeback.attempt();
    effects.add(shown.ask());
  }

  private void credential(Input.Credential given) {
    if (!shown.isAwaited(given.ask()) || !isUp()) {
      return;
    }
    if (shown.isRenewing()) {
      shown.take(given);
      if (given.bearer()) {
        effects.add(new Effect.Renew(given.token()));
      }
      scheduleRenewal();
    } else if (state == ConnectionState.CONNECTING && shown.credential() == null) {
      shown.take(given);
      effects.add(new Effect.Start(Input.Timer.OPENING, OPENING_MS));
      effects.add(
          given.bearer()
              ? new Effect.Open(url, null, null)
              : new Effect.Open(url, given.authorization(), connectionKey));
    }
  }

  private void noCredential(Input.NoCredential none) {
    if (!shown.isAwaited(none.ask()) || !isUp()) {
      return;
    }
    if (shown.isRenewing()) {
      shown.missed();
      effects.add(new Effect.Start(Input.Timer.RENEW, shown.retryRenewalInMs()));
    } else {
      lost(none.reason(), comeback.next());
    }
  }

  private void opened() {
    Input.Credential credential = shown.credential();
    if (state == ConnectionState.CONNECTING && credential != null && credential.bearer()) {
      effects.add(new Effect.Authenticate(credential.token(), connectionKey));
    }
  }

  private void connected(Input.Connected frame) {
    if (state != ConnectionState.CONNECTING) {
      return;
    }
    if (frame.connectionKey() != null) {
      connectionKey = frame.connectionKey();
    }
    suspended = false;
    reason = null;
    comeback.connected();
    shown.accepted();
    effects.add(new Effect.Cancel(Input.Timer.OPENING));
    effects.add(new Effect.Cancel(Input.Timer.SUSPEND));
    effects.add(new Effect.Start(Input.Timer.STABLE, STABLE_MS));
    scheduleRenewal();
    to(ConnectionState.CONNECTED, null, null);
    effects.add(new Effect.Attach(frame.resumed()));
  }

  private void scheduleRenewal() {
    Long delay = shown.renewInMs();
    if (delay != null) {
      effects.add(new Effect.Start(Input.Timer.RENEW, delay));
    }
  }

  private void renew() {
    if (state == ConnectionState.CONNECTED && !shown.isRenewing()) {
      effects.add(shown.renew());
    }
  }

  /** The old token goes on until it expires; then the server closes. */
  private void renewalRefused(TidegateException refusal) {
    if (state == ConnectionState.CONNECTED) {
      reason = refusal;
      effects.add(new Effect.Start(Input.Timer.RENEW, shown.retryRenewalInMs()));
    }
  }

  private void due(Input.Timer timer) {
    switch (timer) {
      case RETRY -> {
        if (state == ConnectionState.DISCONNECTED || state == ConnectionState.SUSPENDED) {
          attempt();
        }
      }
      case OPENING -> {
        if (state == ConnectionState.CONNECTING) {
          drop();
          gone(1006, TidegateException.local(Local.TIMEOUT, "It took too long to connect", null));
        }
      }
      case STABLE -> comeback.forget();
      case SUSPEND -> {
        suspended = true;
        if (state == ConnectionState.DISCONNECTED) {
          to(ConnectionState.SUSPENDED, reason, null);
        }
      }
      case RENEW -> renew();
      case MOVE -> {
        if (state == ConnectionState.CONNECTED) {
          effects.add(new Effect.Drop(false));
          comeback.advise(0);
          gone(4200, reason);
        }
      }
    }
  }

  private void gone(int closeCode, @Nullable TidegateException why) {
    if (!isUp()) {
      return;
    }
    TidegateException because = why == null || reason != null ? reason : why;
    if (because == null) {
      because =
          TidegateException.local(Local.NO_ANSWER, "The connection ended: " + closeCode, null);
    }
    Input.Credential credential = shown.credential();
    boolean keyRefused = credential != null && !credential.bearer() && Comeback.isFinal(because);
    if (Comeback.isForbidden(closeCode) || keyRefused) {
      boolean mends = credential != null && credential.bearer() && Refusals.mayMend(because.code());
      if (!mends || shown.isStale() && state == ConnectionState.CONNECTING) {
        fail(because);
        return;
      }
      shown.stale();
      lost(because, 0);
      return;
    }
    if (because.code() == Refusals.TOKEN_EXPIRED) {
      shown.stale();
    }
    if (state == ConnectionState.CONNECTING && closeCode == 1006) {
      url++;
    }
    lost(because, comeback.after(closeCode));
  }

  private void lost(TidegateException why, long retryMs) {
    boolean wasConnected = state == ConnectionState.CONNECTED;
    quiet();
    if (wasConnected) {
      effects.add(new Effect.Start(Input.Timer.SUSPEND, SUSPEND_MS));
    }
    to(suspended ? ConnectionState.SUSPENDED : ConnectionState.DISCONNECTED, why, retryMs);
    effects.add(new Effect.Detach());
    effects.add(new Effect.Start(Input.Timer.RETRY, retryMs));
    reason = why;
    comeback.attempt();
  }

  private void fail(TidegateException why) {
    quiet();
    effects.add(new Effect.Cancel(Input.Timer.SUSPEND));
    connectionKey = null;
    shown.begin();
    to(ConnectionState.FAILED, why, null);
    effects.add(new Effect.Detach());
    effects.add(new Effect.Fail(why));
  }

  private void close() {
    if (state == ConnectionState.CLOSED) {
      return;
    }
    boolean up = isUp();
    quiet();
    effects.add(new Effect.Cancel(Input.Timer.SUSPEND));
    effects.add(new Effect.Cancel(Input.Timer.RETRY));
    if (up) {
      effects.add(new Effect.Drop(true));
    }
    connectionKey = null;
    TidegateException why =
        TidegateException.local(Local.CLOSED, "The connection was closed", null);
    to(ConnectionState.CLOSED, null, null);
    effects.add(new Effect.Detach());
    effects.add(new Effect.Fail(why));
  }

  private void drop() {
    if (isUp()) {
      effects.add(new Effect.Drop(false));
    }
  }

  private void quiet() {
    shown.forget();
    effects.add(new Effect.Cancel(Input.Timer.OPENING));
    effects.add(new Effect.Cancel(Input.Timer.STABLE));
    effects.add(new Effect.Cancel(Input.Timer.RENEW));
    effects.add(new Effect.Cancel(Input.Timer.MOVE));
  }

  private void to(ConnectionState next, @Nullable TidegateException why, @Nullable Long retryMs) {
    ConnectionStateChange change =
        new ConnectionStateChange(
            state,
            next,
            Optional.ofNullable(why),
            Optional.ofNullable(retryMs).map(Duration::ofMillis));
    state = next;
    reason = why;
    effects.add(new Effect.Announce(change));
  }
}
