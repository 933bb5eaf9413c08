package io.tidegate.sdk.internal;

import io.tidegate.sdk.Channel;
import io.tidegate.sdk.ChannelOptions;
import io.tidegate.sdk.ChannelState;
import io.tidegate.sdk.Discontinuity;
import io.tidegate.sdk.HistoryQuery;
import io.tidegate.sdk.JsonMapper;
import io.tidegate.sdk.Message;
import io.tidegate.sdk.MessageListener;
import io.tidegate.sdk.OutgoingMessage;
import io.tidegate.sdk.Paged;
import io.tidegate.sdk.Presence;
import io.tidegate.sdk.Published;
import io.tidegate.sdk.SubscribeOptions;
import io.tidegate.sdk.Subscription;
import io.tidegate.sdk.internal.http.Call;
import io.tidegate.sdk.internal.http.Paths;
import io.tidegate.sdk.internal.http.Transport;
import io.tidegate.sdk.internal.live.Live;
import io.tidegate.sdk.internal.message.MessageCodec;
import io.tidegate.sdk.internal.message.MessageCodec.Outgoing;
import io.tidegate.sdk.internal.message.Pages;
import io.tidegate.sdk.internal.message.PublishedReader;
import io.tidegate.sdk.internal.publish.Linger;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A channel: what is asked goes over HTTP, what is told comes over the connection. */
final class HttpChannel implements Channel {
  private static final String MESSAGES = "/v1/channels/{}/messages";

  private final String name;
  private final ChannelOptions options;
  private final MessageCodec codec;
  private final Transport transport;
  private final Live live;

  /** Null when single publishes go at once. */
  private final @Nullable Linger linger;

  HttpChannel(
      String name,
      ChannelOptions options,
      JsonMapper mapper,
      Transport transport,
      Live live,
      @Nullable Linger linger) {
    this.name = name;
    this.options = options;
    this.codec = new MessageCodec(name, options, mapper);
    this.transport = transport;
    this.linger = linger;
    this.live = live;
  }

  ChannelOptions options() {
    return options;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Published publish(OutgoingMessage message) {
    return Futures.join(publishAsync(message));
  }

  @Override
  public Published publish(List<OutgoingMessage> messages) {
    return Futures.join(publishAsync(messages));
  }

  @Override
  public CompletableFuture<Published> publishAsync(OutgoingMessage message) {
    Outgoing written = codec.write(message);
    if (linger != null) {
      return linger.publish(name, written);
    }
    List<Outgoing> one = List.of(written);
    return live.carries(one) ? live.publish(name, one) : send(written.json());
  }

  @Override
  public CompletableFuture<Published> publishAsync(List<OutgoingMessage> messages) {
    List<Outgoing> written = messages.stream().map(codec::write).toList();
    return live.carries(written) ? live.publish(name, written) : send(Outgoing.array(written));
  }

  /** The messages as they are sent, encrypted when the channel is. */
  String array(List<OutgoingMessage> messages) {
    return Outgoing.array(messages.stream().map(codec::write).toList());
  }

  private CompletableFuture<Published> send(String body) {
    // The ids in it make a second try the same publish.
    return transport
        .send(Call.post(Paths.of(MESSAGES, name), body))
        .thenApply(answer -> answer.as(PublishedReader::published));
  }

  @Override
  public Paged<Message> history(HistoryQuery query) {
    String path = Paths.of(MESSAGES, name);
    path = Paths.query(path, "direction", query.forward() ? "forward" : "backward");
    path = Paths.query(path, "limit", query.pageSize());
    path = Paths.query(path, "from", query.from());
    path = Paths.query(path, "start", millis(query.start()));
    String first = Paths.query(path, "end", millis(query.end()));
    return new Paged<>(
        cursor ->
            transport
                .send(Call.get(Paths.query(first, "cursor", cursor)))
                .thenApply(answer -> answer.read(text -> Pages.history(text, codec))));
  }

  @Override
  public Subscription subscribe(SubscribeOptions how, MessageListener listener) {
    return live.subscribe(name, options, how, listener);
  }

  @Override
  public Flow.Publisher<Message> stream(
      SubscribeOptions how, Consumer<Discontinuity> onDiscontinuity) {
    return live.stream(name, options, how, onDiscontinuity);
  }

  @Override
  public Presence presence() {
    return live.presence(name, new HttpPresence(name, transport));
  }

  @Override
  public ChannelState state() {
    return Futures.join(stateAsync());
  }

  @Override
  public CompletableFuture<ChannelState> stateAsync() {
    return transport
        .send(Call.get(Paths.of("/v1/channels/{}", name)))
        .thenApply(answer -> answer.value(ChannelState.class));
  }

  @Override
  public void deleteMessages() {
    Futures.join(deleteMessagesAsync());
  }

  @Override
  public CompletableFuture<Void> deleteMessagesAsync() {
    return transport.send(Call.delete(Paths.of("/v1/channels/{}", name))).thenApply(gone -> null);
  }

  @Override
  public String toString() {
    return name;
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }
}
