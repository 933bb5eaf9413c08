package io.tidegate.rest;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.tidegate.channel.ChannelName;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The channel of {@code /v1/channels/{channel}...}: one segment of the path as it was sent, so that
 * {@code %2F} is a character of the name and {@code +} stands for itself (RFC 3986). The argument
 * is not named {@code channel}: Micronaut would convert its own reading of the variable.
 */
@Singleton
final class ChannelBinder implements TypedRequestArgumentBinder<ChannelName> {
  private static final Argument<ChannelName> TYPE = Argument.of(ChannelName.class);
  private static final String BEFORE = "/channels/";

  @Override
  public Argument<ChannelName> argumentType() {
    return TYPE;
  }

  @Override
  public BindingResult<ChannelName> bind(
      ArgumentConversionContext<ChannelName> context, HttpRequest<?> request) {
    ChannelName name = new ChannelName(name(request.getUri().getRawPath()));
    return () -> Optional.of(name);
  }

  /**
   * The channel's name in a path of its, whether it is a good one or not.
   *
   * @throws RefusedException CHANNEL_NAME_INVALID when it cannot be read
   */
  static String name(String rawPath) {
    return decode(segment(rawPath));
  }

  private static String segment(String rawPath) {
    int begin = rawPath.indexOf(BEFORE) + BEFORE.length();
    int end = rawPath.indexOf('/', begin);
    return end < 0 ? rawPath.substring(begin) : rawPath.substring(begin, end);
  }

  private static String decode(String segment) {
    byte[] raw = segment.getBytes(StandardCharsets.UTF_8);
    byte[] decoded = new byte[raw.length];
    int length = 0;
    for (int i = 0; i < raw.length; i++) {
      decoded[length++] = raw[i] == '%' ? (byte) (hex(raw, ++i) << 4 | hex(raw, ++i)) : raw[i];
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(decoded, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw invalid();
    }
  }

  private static int hex(byte[] raw, int at) {
    int digit = at < raw.length ? Character.digit(raw[at], 16) : -1;
    if (digit < 0) {
      throw invalid();
    }
    return digit;
  }

  private static RefusedException invalid() {
    return new RefusedException(
        Refusal.CHANNEL_NAME_INVALID, "a channel name in a path is percent-encoded UTF-8");
  }
}
