package io.tidegate.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Names and patterns made of anything keep their rules or are refused with their own row. */
final class ChannelFuzzing {
  void anyName(byte[] input) {
    checkName(new String(input, StandardCharsets.UTF_8));
    // Here surrogates may stand alone, as in a JSON escape.
    checkName(new String(input, StandardCharsets.UTF_16BE));
  }

  private static void checkName(String text) {
    ChannelName name = made(ChannelName::new, text, Refusal.CHANNEL_NAME_INVALID);
    assertThat(name != null).isEqualTo(ChannelPropertyTest.keepsTheRule(text));
    assertThat(name == null || name.value().equals(text)).isTrue();
  }

  /** The input is a pattern, a line feed, and a name. */
  void anyPattern(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    int end = Math.max(0, text.indexOf('\n'));
    String patternText = text.substring(0, end);
    String nameText = text.substring(Math.min(text.length(), end + 1));
    ChannelPattern pattern = made(ChannelPattern::new, patternText, Refusal.PATTERN_INVALID);
    ChannelName name = made(ChannelName::new, nameText, Refusal.CHANNEL_NAME_INVALID);
    if (pattern != null && name != null) {
      assertThat(pattern.matches(name))
          .isEqualTo(ChannelPropertyTest.reference(patternText).matcher(nameText).matches());
    }
    if (name != null && name.value().indexOf('*') < 0 && name.value().length() <= 255) {
      // A name without a star is a pattern that covers itself and nothing longer.
      ChannelPattern own = new ChannelPattern(name.value());
      assertThat(own.matches(name)).isTrue();
    }
  }

  private static <T> @Nullable T made(Function<String, T> make, String text, Refusal expected) {
    try {
      return make.apply(text);
    } catch (RefusedException refused) {
      assertThat(refused.refusal()).isEqualTo(expected);
      return null;
    }
  }
}
