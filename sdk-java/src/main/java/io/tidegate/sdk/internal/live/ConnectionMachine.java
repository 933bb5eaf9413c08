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

  /** A token is renewed this long before its end, or at half of a shorter life. */
  static final long RENEW_EARLY_MS = 60_000;

  /** A token with less than that left is not worth another call of the provider. */
  private static final long RENEW_AT_LEAST_MS = 1_000;

  private final Comeback comeback;
  private final Backoff renewals;
  private final List<Effect> effects = new ArrayList<>();

  private ConnectionState state = ConnectionState.INITIALIZED;
  private @Nullable TidegateException reason;
  private int asks;
  private int url;
  private boolean suspended;

  /** The credential asked for now is a fresh one. */
  private boolean fresh;

  /** Whether the last fetch is for an open connection. */
  private boolean renewing;

  /** What is shown in this attempt; null before it has come. */
  private Input.@Nullable Credential credential;

  private @Nullable String connectionKey;

  ConnectionMachine(RandomGenerator random) {
    comeback = new Comeback(random);
    renewals = new Backoff(random);
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
    renewing = false;
    String refused = fresh && credential != null ? credential.authorization() : null;
    credential = null;
    effects.add(new Effect.Fetch(++asks, refused));
  }

  private void credential(Input.Credential given) {
    if (given.ask() != asks || !isUp()) {
      return;
    }
    if (renewing) {
      renewing = false;
      credential = given;
      if (given.bearer()) {
        effects.add(new Effect.Renew(given.token()));
      }
      scheduleRenewal(given);
    } else if (state == ConnectionState.CONNECTING && credential == null) {
      credential = given;
      effects.add(new Effect.Start(Input.Timer.OPENING, OPENING_MS));
      effects.add(
          given.bearer()
              ? new Effect.Open(url, null, null)
              : new Effect.Open(url, given.authorization(), connectionKey));
    }
  }

  private void noCredential(Input.NoCredential none) {
    if (none.ask() != asks || !isUp()) {
      return;
    }
    if (renewing) {
      renewing = false;
      effects.add(new Effect.Start(Input.Timer.RENEW, renewals.nextMs()));
    } else {
      lost(none.reason(), comeback.next());
    }
  }

  private void opened() {
    Input.Credential shown = credential;
    if (state == ConnectionState.CONNECTING && shown != null && shown.bearer()) {
      effects.add(new Effect.Authenticate(shown.token(), connectionKey));
    }
  }

  private void connected(Input.Connected frame) {
    if (state != ConnectionState.CONNECTING) {
      return;
    }
    if (frame.connectionKey() != null) {
      connectionKey = frame.connectionKey();
    }
    fresh = false;
    suspended = false;
    reason = null;
    comeback.connected();
    renewals.reset();
    effects.add(new Effect.Cancel(Input.Timer.OPENING));
    effects.add(new Effect.Cancel(Input.Timer.SUSPEND));
    effects.add(new Effect.Start(Input.Timer.STABLE, STABLE_MS));
    if (credential != null) {
      scheduleRenewal(credential);
    }
    to(ConnectionState.CONNECTED, null, null);
    effects.add(new Effect.Attach(frame.resumed()));
  }

  private void scheduleRenewal(Input.Credential shown) {
    Long life = shown.lifeMs();
    if (life != null && life > RENEW_AT_LEAST_MS) {
      long delay = Math.max(life / 2, life - RENEW_EARLY_MS);
      effects.add(new Effect.Start(Input.Timer.RENEW, delay));
    }
  }

  private void renew() {
    if (state == ConnectionState.CONNECTED && !renewing) {
      renewing = true;
      effects.add(new Effect.Fetch(++asks, credential == null ? null : credential.authorization()));
    }
  }

  /** The old token goes on until it expires; then the server closes. */
  private void renewalRefused(TidegateException refusal) {
    if (state == ConnectionState.CONNECTED) {
      reason = refusal;
      effects.add(new Effect.Start(Input.Timer.RENEW, renewals.nextMs()));
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
    Input.Credential shown = credential;
    boolean keyRefused = shown != null && !shown.bearer() && Comeback.isFinal(because);
    if (Comeback.isForbidden(closeCode) || keyRefused) {
      boolean mends = shown != null && shown.bearer() && Refusals.mayMend(because.code());
      if (!mends || fresh && state == ConnectionState.CONNECTING) {
        fail(because);
        return;
      }
      fresh = true;
      lost(because, 0);
      return;
    }
    if (because.code() == Refusals.TOKEN_EXPIRED) {
      fresh = true;
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
    fresh = false;
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
    asks++;
    renewing = false;
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
