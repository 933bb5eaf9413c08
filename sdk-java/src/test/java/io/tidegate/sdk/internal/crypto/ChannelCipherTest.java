package io.tidegate.sdk.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.sdk.ChannelOptions;
import io.tidegate.sdk.JsonMapper;
import io.tidegate.sdk.Message;
import io.tidegate.sdk.OutgoingMessage;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.internal.json.JsonTree;
import io.tidegate.sdk.internal.json.JsonWriter;
import io.tidegate.sdk.internal.message.MessageCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Encryption is what the vectors say, and what was touched on its way is never data. */
class ChannelCipherTest {
  record Vector(
      String name,
      String key,
      String channel,
      String id,
      String nonce,
      String data,
      String encoding,
      String encoded) {
    @Override
    public String toString() {
      return name;
    }
  }

  record Vectors(List<Vector> vectors) {}

  static Stream<Vector> vectors() throws Exception {
    String json = Files.readString(Path.of("../openapi/vectors/encryption.json"));
    return Objects.requireNonNull(JsonMapper.builtIn().read(json, Vectors.class))
        .vectors()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void eachVectorIsEncryptedAndDecrypted(Vector vector) throws GeneralSecurityException {
    Base64.Decoder base64 = Base64.getDecoder();
    ChannelCipher cipher = new ChannelCipher(base64.decode(vector.key()), vector.channel());
    assertThat(cipher.encrypt(vector.id(), vector.data(), base64.decode(vector.nonce())))
        .isEqualTo(vector.encoded());
    assertThat(cipher.decrypt(vector.id(), vector.encoded())).isEqualTo(vector.data());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void eachVectorIsReadAsAMessage(Vector vector) {
    Message message =
        read(vector, vector.id(), vector.encoded(), ChannelOptions.encrypted(vector.key()));
    assertThat(message.error()).isEmpty();
    assertThat(message.json()).isEqualTo(vector.data());
    assertThat(message.encoding().isPresent()).isEqualTo(vector.encoding().endsWith("/base64"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void whatWasTouchedIsAnErrorAndNeverData(Vector vector) {
    ChannelOptions options = ChannelOptions.encrypted(vector.key());
    byte[] sealed = Base64.getDecoder().decode(vector.encoded());
    sealed[sealed.length / 2] ^= 1;
    String touched = Base64.getEncoder().encodeToString(sealed);
    assertUnreadable(read(vector, vector.id(), touched, options));
    assertUnreadable(read(vector, "another", vector.encoded(), options));
    assertUnreadable(read(vector, vector.id(), "AAAA", options));
    assertUnreadable(read(vector, vector.id(), "no base64!", options));
    assertUnreadable(
        read(vector, vector.id(), vector.encoded(), ChannelOptions.encrypted(new byte[32])));
    assertUnreadable(read(vector, vector.id(), vector.encoded(), ChannelOptions.none()));
  }

  @Test
  void whatIsPublishedHidesItsDataAndNeverRepeatsItself() {
    ChannelOptions options = ChannelOptions.encrypted(new byte[32]);
    MessageCodec codec = new MessageCodec("a", options, JsonMapper.builtIn());
    OutgoingMessage message = OutgoingMessage.of("n", "secret words").withId("1");
    String first = codec.write(message).json();
    assertThat(first).doesNotContain("secret").isNotEqualTo(codec.write(message).json());
    Map<String, Object> sent = new HashMap<>((Map<String, Object>) JsonTree.parse(first));
    sent.put("seq", 1);
    sent.put("timestamp", 1);
    assertThat(codec.read(JsonWriter.write(sent), "e").data()).isEqualTo("secret words");
  }

  @Test
  void aKeyHas32Bytes() {
    assertThatThrownBy(() -> ChannelOptions.encrypted(new byte[16]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertUnreadable(Message message) {
    assertThat(message.error().orElseThrow().is(TidegateException.Local.DECRYPTION_FAILED))
        .isTrue();
    assertThatThrownBy(message::data).isInstanceOf(TidegateException.class);
    assertThatThrownBy(message::json).isInstanceOf(TidegateException.class);
  }

  private static Message read(Vector vector, String id, String data, ChannelOptions options) {
    Map<String, Object> wire =
        Map.of("seq", 1, "id", id, "data", data, "encoding", vector.encoding(), "timestamp", 1);
    return new MessageCodec(vector.channel(), options, JsonMapper.builtIn())
        .read(JsonWriter.write(wire), "e");
  }
}
