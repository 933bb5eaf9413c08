package io.tidegate.frame;

import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Position;
import io.tidegate.channel.Published;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The native protocol's spelling of {@link ServerEvent}: one JSON object on one line, UTF-8. */
public final class EventJson {
  private EventJson() {}

  /** The frame's {@code type}, and the {@code event:} of SSE. */
  public static String type(ServerEvent event) {
    return switch (event) {
      case ServerEvent.Connected e -> "connected";
      case ServerEvent.PublishAccepted e -> "reply";
      case ServerEvent.Authenticated e -> "reply";
      case ServerEvent.UnsubscribeDone e -> "reply";
      case ServerEvent.Refused e -> "error";
      case ServerEvent.Subscribed e -> "subscribed";
      case ServerEvent.Skipped e -> "skipped";
      case ServerEvent.Discontinuity e -> "discontinuity";
      case ServerEvent.Unsubscribed e -> "unsubscribed";
      case ServerEvent.Presence e -> "presence";
      case ServerEvent.PresencePage e -> "reply";
      case ServerEvent.PresenceDone e -> "reply";
      case ServerEvent.Present e -> "present";
      case ServerEvent.Expiring e -> "expiring";
      case ServerEvent.Reconnect e -> "reconnect";
      case ServerEvent.Pong e -> "pong";
    };
  }

  public static byte[] write(ServerEvent event) {
    JsonWriter json = new JsonWriter(192).string("type", type(event));
    return switch (event) {
      case ServerEvent.Connected e -> connected(json, e);
      case ServerEvent.PublishAccepted e -> published(json, e);
      case ServerEvent.Authenticated e ->
          json.string("id", e.id()).number("expiresAt", e.expiresAt()).finish();
      case ServerEvent.UnsubscribeDone e ->
          json.string("id", e.id()).string("channel", e.channel().value()).finish();
      case ServerEvent.Refused e -> refused(json, e);
      case ServerEvent.Subscribed e -> subscribed(json, e);
      case ServerEvent.Skipped e ->
          json.string("channel", e.channel().name().value()).number("seq", e.at().seq()).finish();
      case ServerEvent.Discontinuity e -> discontinuity(json, e);
      case ServerEvent.Unsubscribed e ->
          json.string("channel", e.channel().value())
              .number("code", e.refusal().code())
              .string("message", e.detail())
              .finish();
      case ServerEvent.Presence e -> presence(json, e);
      case ServerEvent.PresencePage e ->
          json.string("id", e.id())
              .string("channel", e.channel().value())
              .number("version", e.version())
              .number("count", e.count())
              .json("members", e.members())
              .string("cursor", e.cursor())
              .finish();
      case ServerEvent.PresenceDone e ->
          json.string("id", e.id()).string("channel", e.channel().value()).finish();
      case ServerEvent.Present e -> present(json, e);
      case ServerEvent.Expiring e -> json.number("inMs", e.inMs()).finish();
      case ServerEvent.Reconnect e -> json.number("afterMs", e.afterMs()).finish();
      case ServerEvent.Pong e -> json.string("id", e.id()).finish();
    };
  }

  /** {@code {channel, epoch, messages:[{id, seq}]}}: the answer to a publish, over REST too. */
  public static byte[] publishedBody(String channel, Published published) {
    return publishedFields(new JsonWriter(128), channel, published).finish();
  }

  /** {@code {channel, error}}: a part of a batch that was refused. */
  public static byte[] refusedPart(String channel, byte[] problem) {
    return new JsonWriter(128).string("channel", channel).json("error", problem).finish();
  }

  private static byte[] connected(JsonWriter json, ServerEvent.Connected e) {
    json.string("connectionId", e.connectionId())
        .string("connectionKey", e.connectionKey())
        .bool("resumed", e.resumed());
    if (e.clientId() == null) {
      json.nul("clientId");
    } else {
      json.string("clientId", e.clientId());
    }
    return json.number("pingIntervalMs", e.pingIntervalMs())
        .json(
            "limits",
            new JsonWriter(64)
                .number("maxMessageBytes", e.maxMessageBytes())
                .number("maxSubscriptions", e.maxSubscriptions())
                .finish())
        .finish();
  }

  private static byte[] published(JsonWriter json, ServerEvent.PublishAccepted e) {
    json.string("id", e.id());
    return publishedFields(json, e.channel().value(), e.published()).finish();
  }

  private static JsonWriter publishedFields(JsonWriter json, String channel, Published published) {
    ByteArrayOutputStream items = new ByteArrayOutputStream(64 * published.items().size());
    byte separator = '[';
    for (Published.Item item : published.items()) {
      items.write(separator);
      separator = ',';
      items.writeBytes(
          new JsonWriter(64).string("id", item.id()).number("seq", item.seq()).finish());
    }
    items.write(']');
    return json.string("channel", channel)
        .string("epoch", published.epoch().value())
        .json("messages", items.toByteArray());
  }

  private static byte[] refused(JsonWriter json, ServerEvent.Refused e) {
    return json.string("id", e.id())
        .number("code", e.refusal().code())
        .string("message", e.refusal().title() + ": " + e.detail())
        .number("retryAfterMs", e.retryAfterMs())
        .string("channel", e.channel() == null ? null : e.channel().value())
        .finish();
  }

  private static byte[] subscribed(JsonWriter json, ServerEvent.Subscribed e) {
    json.string("id", e.id())
        .string("channel", e.channel().name().value())
        .string("epoch", e.at().epoch().value())
        .number("seq", e.at().seq())
        .bool("resumed", e.resumed())
        .string("reason", e.lost() == null ? null : e.lost().name().toLowerCase(Locale.ROOT));
    if (e.conflated()) {
      json.bool("conflated", true);
    }
    return json.finish();
  }

  private static byte[] presence(JsonWriter json, ServerEvent.Presence e) {
    return json.string("channel", e.channel().value())
        .string("action", e.action().name().toLowerCase(Locale.ROOT))
        .number("version", e.version())
        .json("members", e.members())
        .number("count", e.count())
        .string("cursor", e.cursor())
        .finish();
  }

  private static byte[] present(JsonWriter json, ServerEvent.Present e) {
    json.strings("channels", e.channels().stream().map(ChannelName::value).toList());
    if (e.more()) {
      json.bool("more", true);
    }
    return json.finish();
  }

  private static byte[] discontinuity(JsonWriter json, ServerEvent.Discontinuity e) {
    return json.string("channel", e.channel().name().value())
        .string("epoch", e.to().epoch().value())
        .number("seq", e.to().seq())
        .json("from", position(e.from()))
        .number("missed", e.missed())
        .string("reason", e.reason())
        .finish();
  }

  private static byte @Nullable [] position(@Nullable Position position) {
    return position == null
        ? null
        : new JsonWriter(64)
            .string("epoch", position.epoch().value())
            .number("seq", position.seq())
            .finish();
  }

  /** For logs and tests. */
  public static String text(ServerEvent event) {
    return new String(write(event), StandardCharsets.UTF_8);
  }
}
