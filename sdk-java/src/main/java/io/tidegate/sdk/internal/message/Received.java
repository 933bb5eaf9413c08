package io.tidegate.sdk.internal.message;

import io.tidegate.sdk.JsonMapper;
import io.tidegate.sdk.Message;
import io.tidegate.sdk.Position;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.internal.json.JsonException;
import io.tidegate.sdk.internal.json.JsonReader;
import io.tidegate.sdk.internal.json.JsonTree;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message as it came; its data is read when asked for. */
final class Received implements Message {
  private final String channel;
  private final Position position;
  private final String id;
  private final @Nullable String name;
  private final String data;
  private final @Nullable String encoding;
  private final @Nullable String clientId;
  private final @Nullable String connectionId;
  private final long timestamp;
  private final Map<String, String> headers;
  private final @Nullable TidegateException error;
  private final JsonMapper mapper;

  private Received(Builder from) {
    if (from.epoch == null || from.data.isEmpty() || from.id.isEmpty()) {
      throw new JsonException("a message without epoch, data or id");
    }
    channel = from.channel;
    position = new Position(from.epoch, from.seq);
    id = from.id;
    name = from.name;
    data = from.data;
    encoding = from.encoding;
    clientId = from.clientId;
    connectionId = from.connectionId;
    timestamp = from.timestamp;
    headers = from.headers;
    error = from.error;
    mapper = from.mapper;
  }

  @Override
  public String channel() {
    return channel;
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  @Override
  public Optional<String> clientId() {
    return Optional.ofNullable(clientId);
  }

  @Override
  public Optional<String> connectionId() {
    return Optional.ofNullable(connectionId);
  }

  @Override
  public Instant timestamp() {
    return Instant.ofEpochMilli(timestamp);
  }

  @Override
  public Map<String, String> headers() {
    return headers;
  }

  @Override
  public Optional<String> encoding() {
    return Optional.ofNullable(encoding);
  }

  @Override
  public Optional<TidegateException> error() {
    return Optional.ofNullable(error);
  }

  @Override
  public String json() {
    if (error != null) {
      throw error;
    }
    return data;
  }

  @Override
  public @Nullable Object data() {
    return JsonTree.parse(json());
  }

  @Override
  public <T> @Nullable T data(Class<T> type) {
    try {
      return mapper.read(json(), type);
    } catch (TidegateException | IllegalArgumentException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalArgumentException("The data is no " + type.getName(), e);
    }
  }

  @Override
  public byte[] bytes() {
    if (!"base64".equals(encoding)) {
      throw new IllegalStateException("The data are no bytes");
    }
    return Base64.getDecoder().decode(new JsonReader(json()).string());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Received that
        && channel.equals(that.channel)
        && position.equals(that.position);
  }

  @Override
  public int hashCode() {
    return Objects.hash(channel, position);
  }

  /** Not the data: logs are read by others than it was meant for. */
  @Override
  public String toString() {
    return channel + " " + position.epoch() + ":" + position.seq() + " " + id;
  }

  /** What is known of a message while it is read. */
  static final class Builder {
    private final String channel;
    private final JsonMapper mapper;
    private @Nullable String epoch;
    private long seq;
    private @Nullable String name;
    private @Nullable String clientId;
    private @Nullable String connectionId;
    private long timestamp;
    private Map<String, String> headers = Map.of();
    String id = "";
    String data = "";
    @Nullable String encoding;
    @Nullable TidegateException error;

    Builder(String channel, @Nullable String epoch, JsonMapper mapper) {
      this.channel = channel;
      this.epoch = epoch;
      this.mapper = mapper;
    }

    void read(String field, JsonReader reader) {
      switch (field) {
        case "seq" -> seq = reader.integer();
        case "id" -> id = reader.string();
        case "data" -> data = reader.raw();
        case "epoch" -> epoch = reader.string();
        case "timestamp" -> timestamp = reader.integer();
        case "name" -> name = reader.stringOrNull();
        case "encoding" -> encoding = reader.stringOrNull();
        case "clientId" -> clientId = reader.stringOrNull();
        case "connectionId" -> connectionId = reader.stringOrNull();
        case "headers" -> headers = MessageCodec.headers(reader);
        default -> reader.skip();
      }
    }

    Received build() {
      return new Received(this);
    }
  }
}
