package io.tidegate.sdk.internal;

import io.tidegate.sdk.BatchItem;
import io.tidegate.sdk.BatchResult;
import io.tidegate.sdk.Channel;
import io.tidegate.sdk.ChannelOptions;
import io.tidegate.sdk.ChannelSummary;
import io.tidegate.sdk.Connection;
import io.tidegate.sdk.Connections;
import io.tidegate.sdk.OutgoingMessage;
import io.tidegate.sdk.Paged;
import io.tidegate.sdk.Tidegate;
import io.tidegate.sdk.Tokens;
import io.tidegate.sdk.internal.auth.Credentials;
import io.tidegate.sdk.internal.auth.Key;
import io.tidegate.sdk.internal.auth.TokenSigner;
import io.tidegate.sdk.internal.auth.TokenSource;
import io.tidegate.sdk.internal.http.Call;
import io.tidegate.sdk.internal.http.Paths;
import io.tidegate.sdk.internal.http.Transport;
import io.tidegate.sdk.internal.live.Live;
import io.tidegate.sdk.internal.live.LiveSettings;
import io.tidegate.sdk.internal.live.Threads;
import io.tidegate.sdk.internal.message.Pages;
import io.tidegate.sdk.internal.publish.Linger;
import io.tidegate.sdk.internal.publish.Unit;
import io.tidegate.sdk.internal.publish.UnitSender;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One client: its credentials, its transport, its channels. */
public final class Client implements Tidegate {
  /** A frame is answered in milliseconds; a link that takes that long is replaced. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Settings settings;
  private final Transport transport;
  private final UnitSender units;
  private final @Nullable Linger linger;
  private final Tokens tokens;

  /** Those with options, as many as the application has keys for. */
  private final Live live;

  private final ConcurrentMap<String, HttpChannel> channels = new ConcurrentHashMap<>();

  public Client(Settings settings) {
    this.settings = settings;
    Executor executor = settings.executor() == null ? Threads.callbacks() : settings.executor();
    Credentials credentials =
        settings.tokens() == null
            ? new Key(Objects.requireNonNull(settings.key()))
            : new TokenSource(settings.tokens(), executor, Clock.systemUTC());
    this.transport =
        new Transport(
            settings.url(),
            credentials,
            settings.timeout(),
            settings.connectTimeout(),
            settings.attempts());
    this.units = new UnitSender(transport, settings.timeout(), settings.attempts());
    this.linger =
        settings.linger().isZero()
            ? null
            : new Linger(transport, units, settings.linger(), settings.queue());
    TokenSigner signer =
        credentials instanceof Key key ? new TokenSigner(key, Clock.systemUTC()) : null;
    this.tokens = new HttpTokens(transport, signer);
    List<URI> urls = new ArrayList<>(List.of(settings.url()));
    urls.addAll(settings.alternatives());
    Duration answer = settings.timeout().compareTo(ANSWER) < 0 ? settings.timeout() : ANSWER;
    this.live =
        Live.of(
            new LiveSettings(
                urls,
                credentials,
                settings.mapper(),
                executor,
                settings.echo(),
                settings.queue(),
                answer));
  }

  @Override
  public Channel channel(String name) {
    return known(name);
  }

  @Override
  public Channel channel(String name, ChannelOptions options) {
    if (options.equals(ChannelOptions.none()) && !channels.containsKey(name)) {
      return made(name, options);
    }
    HttpChannel channel = channels.computeIfAbsent(name, key -> made(key, options));
    if (!channel.options().equals(options)) {
      throw new IllegalStateException("the channel is in use with other options: " + name);
    }
    return channel;
  }

  /**
   * One without options is nothing but its name and is not kept: there may be any number of them.
   */
  private HttpChannel known(String name) {
    HttpChannel known = channels.get(name);
    return known != null ? known : made(name, ChannelOptions.none());
  }

  private HttpChannel made(String name, ChannelOptions options) {
    return new HttpChannel(name, options, settings.mapper(), transport, live, linger);
  }

  @Override
  public List<BatchResult> publish(List<BatchItem> batch) {
    return Futures.join(publishAsync(batch));
  }

  @Override
  public CompletableFuture<List<BatchResult>> publishAsync(List<BatchItem> batch) {
    List<Unit> parts = new ArrayList<>();
    for (BatchItem item : batch) {
      List<OutgoingMessage> messages =
          item.messages().stream()
              .map(message -> message.id() == null ? message.withId(MessageIds.next()) : message)
              .toList();
      for (String name : item.channels()) {
        parts.add(new Unit(name, known(name).array(messages)));
      }
    }
    return units.send(parts);
  }

  @Override
  public Paged<ChannelSummary> channels(String prefix) {
    String path = Paths.query("/v1/channels", "prefix", prefix);
    return new Paged<>(
        cursor ->
            transport
                .send(Call.get(Paths.query(path, "cursor", cursor)))
                .thenApply(
                    answer ->
                        answer.read(
                            text ->
                                Pages.page(
                                    text, item -> Pages.record(item, ChannelSummary.class)))));
  }

  @Override
  public Tokens tokens() {
    return tokens;
  }

  @Override
  public Connections connections() {
    return new HttpConnections(transport);
  }

  @Override
  public Connection connection() {
    return live.connection();
  }

  @Override
  public void close() {
    if (linger != null) {
      linger.close(settings.timeout());
    }
    live.close();
    transport.close();
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
