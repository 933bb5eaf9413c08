package io.tidegate.sdk.internal.message;

import io.tidegate.sdk.ChannelOptions;
import io.tidegate.sdk.JsonMapper;
import io.tidegate.sdk.Message;
import io.tidegate.sdk.OutgoingMessage;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.internal.MessageIds;
import io.tidegate.sdk.internal.crypto.ChannelCipher;
import io.tidegate.sdk.internal.json.JsonReader;
import io.tidegate.sdk.internal.json.JsonWriter;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes and reads the messages of one channel; encrypts and decrypts when it has a key. */
public final class MessageCodec {
  private final String channel;
  private final JsonMapper mapper;
  private final @Nullable ChannelCipher cipher;

  public MessageCodec(String channel, ChannelOptions options, JsonMapper mapper) {
    this.channel = channel;
    this.mapper = mapper;
    byte[] key = options.cipherKey();
    this.cipher = key == null ? null : new ChannelCipher(key, channel);
  }

  /**
   * A message as {@code PublishMessage} of the contract, given an id when it has none: what is sent
   * again must be this text again.
   */
  public Outgoing write(OutgoingMessage message) {
    String id = message.id() == null ? MessageIds.next() : message.id();
    String data = json(message.data());
    String encoding = message.encoding();
    if (cipher != null) {
      encoding =
          encoding == null ? ChannelCipher.ENCODING : ChannelCipher.ENCODING + "/" + encoding;
      data = '"' + cipher.encrypt(id, data) + '"';
    }
    StringBuilder out = new StringBuilder(data.length() + 96);
    out.append("{\"id\":");
    JsonWriter.string(out, id);
    member(out, "name", message.name());
    member(out, "clientId", message.clientId());
    member(out, "encoding", encoding);
    member(out, "exclude", message.exclude());
    if (!message.headers().isEmpty()) {
      out.append(",\"headers\":").append(JsonWriter.write(message.headers()));
    }
    out.append(",\"data\":").append(data).append('}');
    return new Outgoing(id, out.toString());
  }

  /**
   * The message that a history item or a {@code message} frame holds.
   *
   * @param epoch of those that do not say it
   */
  public Message read(String json, @Nullable String epoch) {
    Received.Builder fields = new Received.Builder(channel, epoch, mapper);
    JsonReader reader = new JsonReader(json);
    reader.beginObject();
    for (String name = reader.nextName(); name != null; name = reader.nextName()) {
      fields.read(name, reader);
    }
    reader.end();
    decrypt(fields);
    return fields.build();
  }

  private void decrypt(Received.Builder fields) {
    String encoding = fields.encoding;
    if (encoding == null || !encoding.startsWith("cipher+")) {
      return;
    }
    if (cipher == null) {
      fields.error = undecrypted("the channel has no cipher key here", null);
      return;
    }
    String inner = encoding.substring(Math.min(encoding.length(), ChannelCipher.ENCODING.length()));
    boolean known =
        encoding.startsWith(ChannelCipher.ENCODING) && (inner.isEmpty() || inner.equals("/base64"));
    if (!known) {
      fields.error = undecrypted("it is encrypted in another way: " + encoding, null);
      return;
    }
    try {
      String text = cipher.decrypt(fields.id, new JsonReader(fields.data).string());
      new JsonReader(text).skip();
      fields.data = text;
      fields.encoding = inner.isEmpty() ? null : inner.substring(1);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      fields.error = undecrypted("its key is another one, or it was changed", e);
    }
  }

  private static TidegateException undecrypted(String why, @Nullable Throwable cause) {
    return TidegateException.local(
        TidegateException.Local.DECRYPTION_FAILED, "A message cannot be decrypted: " + why, cause);
  }

  private String json(@Nullable Object data) {
    try {
      return mapper.write(data);
    } catch (RuntimeException e) {
      throw e instanceof IllegalArgumentException known ? known : new IllegalArgumentException(e);
    } catch (Exception e) {
      throw new IllegalArgumentException("The data cannot be written as JSON", e);
    }
  }

  private static void member(StringBuilder out, String name, @Nullable String value) {
    if (value != null) {
      out.append(",\"").append(name).append("\":");
      JsonWriter.string(out, value);
    }
  }

  /** A message's text, the same at every try. */
  public record Outgoing(String id, String json) {
    /** Several as one array. */
    public static String array(Iterable<Outgoing> messages) {
      StringBuilder out = new StringBuilder(256).append('[');
      String comma = "";
      for (Outgoing message : messages) {
        out.append(comma).append(message.json);
        comma = ",";
      }
      return out.append(']').toString();
    }
  }

  /** Members of presence and headers are small maps of text. */
  static Map<String, String> headers(JsonReader reader) {
    Map<String, String> headers = new java.util.LinkedHashMap<>();
    reader.beginObject();
    for (String name = reader.nextName(); name != null; name = reader.nextName()) {
      headers.put(name, reader.string());
    }
    return java.util.Collections.unmodifiableMap(headers);
  }
}
