package io.tidegate.sdk;

import io.tidegate.sdk.internal.Client;
import io.tidegate.sdk.internal.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Settings of a client. A key or a token provider is needed; everything else has a value. */
public final class TidegateBuilder {
  private URI url = URI.create("http://localhost:8080");
  private @Nullable String key;
  private @Nullable TokenProvider tokens;
  private JsonMapper mapper = JsonMapper.builtIn();
  private Duration timeout = Duration.ofSeconds(30);
  private Duration connectTimeout = Duration.ofSeconds(5);
  private int attempts = 6;
  private Duration linger = Duration.ZERO;
  private int queue = 100_000;
  private @Nullable Executor executor;
  private final List<URI> alternatives = new ArrayList<>();
  private boolean echo = true;

  TidegateBuilder() {}

  /** Where the gateway is, say {@code https://gateway.example}; without a path. */
  public TidegateBuilder url(String gateway) {
    return url(URI.create(gateway));
  }

  /** Where the gateway is. */
  public TidegateBuilder url(URI gateway) {
    url = checked(gateway);
    return this;
  }

  /** Another way to the same gateway, for the connection, when the first cannot be reached. */
  public TidegateBuilder alternativeUrl(String gateway) {
    alternatives.add(checked(URI.create(gateway)));
    return this;
  }

  private static URI checked(URI gateway) {
    String scheme = gateway.getScheme();
    boolean fits = ("http".equals(scheme) || "https".equals(scheme)) && gateway.getHost() != null;
    if (!fits || gateway.getUserInfo() != null || gateway.getRawQuery() != null) {
      throw new IllegalArgumentException("a gateway's url is https://host[:port]");
    }
    return gateway;
  }

  /** Whether what this client publishes comes back to its own subscriptions: it does. */
  public TidegateBuilder echo(boolean ownMessages) {
    echo = ownMessages;
    return this;
  }

  /** A key, {@code appId.keyId:secret}: for backends. */
  public TidegateBuilder key(String appKey) {
    key = appKey;
    return this;
  }

  /** Where tokens come from: for clients. */
  public TidegateBuilder tokenProvider(TokenProvider provider) {
    tokens = provider;
    return this;
  }

  /** One token, used until it expires. */
  public TidegateBuilder token(String token) {
    return tokenProvider(() -> token);
  }

  /** How data becomes JSON and back. */
  public TidegateBuilder jsonMapper(JsonMapper jsonMapper) {
    mapper = jsonMapper;
    return this;
  }

  /** For one call, its retries included: 30 s. */
  public TidegateBuilder timeout(Duration limit) {
    timeout = positive(limit);
    return this;
  }

  /** For opening a line: 5 s. */
  public TidegateBuilder connectTimeout(Duration limit) {
    connectTimeout = positive(limit);
    return this;
  }

  /** How often a call is tried at most, where trying again is safe: 6. */
  public TidegateBuilder attempts(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("one attempt at least");
    }
    attempts = most;
    return this;
  }

  /**
   * How long a publish may wait for others to be sent with, over HTTP: not at all. With a few
   * milliseconds one client publishes tens of thousands of messages a second; each is still
   * accepted, refused and answered on its own.
   */
  public TidegateBuilder linger(Duration most) {
    if (most.isNegative() || most.compareTo(Duration.ofSeconds(1)) > 0) {
      throw new IllegalArgumentException("linger is at most 1 s");
    }
    linger = most;
    return this;
  }

  /**
   * How many lingering messages may wait, 100,000: a memory bound. A publish beyond it fails at
   * once with {@link TidegateException.Local#QUEUE_FULL}.
   */
  public TidegateBuilder publishQueue(int messages) {
    if (messages < 1) {
      throw new IllegalArgumentException("a queue of one at least");
    }
    queue = messages;
    return this;
  }

  /** Where token providers and listeners run; the SDK's own daemon threads when none is given. */
  public TidegateBuilder executor(Executor threads) {
    executor = threads;
    return this;
  }

  /** A client. Nothing is connected before it is asked for something. */
  public Tidegate build() {
    return new Client(
        new Settings(
            url,
            key,
            tokens,
            mapper,
            timeout,
            connectTimeout,
            attempts,
            linger,
            queue,
            executor,
            alternatives,
            echo));
  }

  private static Duration positive(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("a time limit is positive");
    }
    return limit;
  }
}
