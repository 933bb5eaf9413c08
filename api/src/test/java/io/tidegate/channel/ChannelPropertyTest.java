package io.tidegate.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Names and patterns against naive readings of their rules (design 1). */
class ChannelPropertyTest {
  @Property(tries = 3000)
  void aPatternMatchesAsItsRegularExpressionDoes(
      @ForAll("patterns") String pattern, @ForAll("names") String name) {
    ChannelPattern read = refusedOr(ChannelPattern::new, pattern, Refusal.PATTERN_INVALID);
    ChannelName channel = refusedOr(ChannelName::new, name, Refusal.CHANNEL_NAME_INVALID);
    if (read != null && channel != null) {
      assertThat(read.matches(channel)).isEqualTo(reference(pattern).matcher(name).matches());
    }
  }

  /** Segment by segment: a star alone at the end is the rest, elsewhere it is within a segment. */
  static Pattern reference(String pattern) {
    if (pattern.equals("*")) {
      return Pattern.compile(".*", Pattern.DOTALL);
    }
    String[] segments = pattern.split(":", -1);
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i];
      boolean last = i == segments.length - 1;
      regex.append(i == 0 ? "" : ":");
      if (!segment.endsWith("*")) {
        regex.append(Pattern.quote(segment));
      } else {
        regex.append(Pattern.quote(segment.substring(0, segment.length() - 1)));
        regex.append(last && segment.equals("*") ? ".*" : "[^:]*");
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  @Property(tries = 1000)
  void precedenceIsTotalAndTheSameForAnyOrderOfNamespaces(
      @ForAll("someNamespaces") List<Namespace> namespaces,
      @ForAll("names") String name,
      @ForAll long seed) {
    ChannelName channel = refusedOr(ChannelName::new, name, Refusal.CHANNEL_NAME_INVALID);
    if (channel == null) {
      return;
    }
    List<Namespace> shuffled = new java.util.ArrayList<>(namespaces);
    Collections.shuffle(shuffled, new Random(seed));

    Namespace applies = new Rules(namespaces).of(channel);

    assertThat(new Rules(shuffled).of(channel)).isEqualTo(applies);
    assertThat(applies).isEqualTo(naive(namespaces, channel));
  }

  /** The rule in its own words: most literal segments, most literal characters, name. */
  private static Namespace naive(List<Namespace> namespaces, ChannelName channel) {
    return namespaces.stream()
        .filter(one -> reference(one.pattern().value()).matcher(channel.value()).matches())
        .min(
            Comparator.comparing((Namespace one) -> -literalSegments(one.pattern().value()))
                .thenComparing(one -> -one.pattern().value().replace("*", "").length())
                .thenComparing(one -> one.pattern().value())
                .thenComparing(Namespace::name))
        .orElse(Namespace.DEFAULT);
  }

  private static long literalSegments(String pattern) {
    return Arrays.stream(pattern.split(":", -1)).filter(part -> !part.endsWith("*")).count();
  }

  @Property(tries = 2000)
  void specificityIsATotalOrder(
      @ForAll("patterns") String a, @ForAll("patterns") String b, @ForAll("patterns") String c) {
    ChannelPattern one = refusedOr(ChannelPattern::new, a, Refusal.PATTERN_INVALID);
    ChannelPattern two = refusedOr(ChannelPattern::new, b, Refusal.PATTERN_INVALID);
    ChannelPattern three = refusedOr(ChannelPattern::new, c, Refusal.PATTERN_INVALID);
    if (one == null || two == null || three == null) {
      return;
    }
    Comparator<ChannelPattern> order = ChannelPattern.MOST_SPECIFIC_FIRST;
    assertThat(Integer.signum(order.compare(one, two)))
        .isEqualTo(-Integer.signum(order.compare(two, one)));
    assertThat(order.compare(one, two) == 0).isEqualTo(a.equals(b));
    if (order.compare(one, two) < 0 && order.compare(two, three) < 0) {
      assertThat(order.compare(one, three)).isNegative();
    }
  }

  @Property(tries = 2000)
  void aNameIsTakenOnlyIfItKeepsTheRule(@ForAll("anyText") String text) {
    ChannelName name = refusedOr(ChannelName::new, text, Refusal.CHANNEL_NAME_INVALID);
    assertThat(name != null).isEqualTo(keepsTheRule(text));
    if (name != null) {
      byte[] utf8 = name.value().getBytes(StandardCharsets.UTF_8);
      assertThat(new String(utf8, StandardCharsets.UTF_8)).isEqualTo(text);
    }
  }

  /** As the contract says it. */
  static boolean keepsTheRule(String text) {
    return !text.isEmpty()
        && text.codePointCount(0, text.length()) <= 255
        && ("[:#".indexOf(text.charAt(0)) < 0 || text.equals("[meta]log"))
        && text.codePoints().noneMatch(ChannelPropertyTest::isForbidden)
        && java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFC).equals(text);
  }

  private static boolean isForbidden(int point) {
    return Character.isISOControl(point)
        || (point >= 0xd800 && point <= 0xdfff)
        || point == 0x2028
        || point == 0x2029
        || "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069".indexOf(point) >= 0;
  }

  @Property(tries = 1000)
  void namesSortAsTheirBytesDo(@ForAll("names") String one, @ForAll("names") String other) {
    int bytes =
        Arrays.compareUnsigned(
            one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    assertThat(Integer.signum(ChannelName.compare(one, other))).isEqualTo(Integer.signum(bytes));
  }

  @Property(tries = 1000)
  void rightsNeverGrowByBeingRead(
      @ForAll("patterns") String pattern, @ForAll("names") String name) {
    ChannelPattern read = refusedOr(ChannelPattern::new, pattern, Refusal.PATTERN_INVALID);
    ChannelName channel = refusedOr(ChannelName::new, name, Refusal.CHANNEL_NAME_INVALID);
    if (read == null || channel == null) {
      return;
    }
    Capabilities some =
        new Capabilities(java.util.Map.of(read, java.util.Set.of(Operation.SUBSCRIBE)));
    assertThat(some.allow(Operation.SUBSCRIBE, channel)).isEqualTo(read.matches(channel));
    for (Operation other : Operation.values()) {
      if (other != Operation.SUBSCRIBE) {
        assertThat(some.allow(other, channel)).isFalse();
        assertThat(some.allowSomewhere(other)).isFalse();
      }
    }
  }

  /** Few letters, so that pattern and name meet often. */
  @Provide
  Arbitrary<String> patterns() {
    return parts("a", "b", "ab", "*", "a*", "b*", "", "é");
  }

  @Provide
  Arbitrary<String> names() {
    return parts("a", "b", "ab", "ba", "aab", "", "*", "é", "\ud83d\ude00", "\ue000", "\uffee");
  }

  private static Arbitrary<String> parts(String... parts) {
    return Arbitraries.of(parts)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(list -> list.stream().collect(Collectors.joining(":")));
  }

  @Provide
  Arbitrary<List<Namespace>> someNamespaces() {
    Arbitrary<String> names = Arbitraries.of("n1", "n2", "n3", "n4");
    Arbitrary<ChannelPattern> good =
        patterns()
            .filter(text -> refusedOr(ChannelPattern::new, text, Refusal.PATTERN_INVALID) != null)
            .map(ChannelPattern::new);
    return Combinators.combine(names, good)
        .as(ChannelPropertyTest::namespace)
        .list()
        .ofMaxSize(6)
        .uniqueElements(Namespace::name);
  }

  private static Namespace namespace(String name, ChannelPattern pattern) {
    Namespace base = Namespace.DEFAULT;
    return new Namespace(
        name,
        pattern,
        base.durability(),
        base.window(),
        base.retentionDays(),
        base.rewind(),
        base.maxMessageBytes(),
        base.open(),
        base.clientPublish(),
        base.presence(),
        base.conflate(),
        base.requireClientId());
  }

  @Provide
  Arbitrary<String> anyText() {
    Arbitrary<String> odd =
        Arbitraries.of(
            "[",
            ":",
            "#",
            "e\u0301",
            "\u00e9",
            "\u0000",
            "\u202e",
            "\u2028",
            "\ud800",
            "\udc00",
            "\ud83d\ude00",
            "x",
            "\u0085",
            "\ufeff",
            "%2F",
            "/");
    Arbitrary<String> mixed = odd.list().ofMaxSize(5).map(list -> String.join("", list));
    Arbitrary<String> around =
        Arbitraries.integers().between(250, 258).flatMap(n -> odd.map(text -> text.repeat(n)));
    return Arbitraries.oneOf(mixed, around, Arbitraries.strings().ofMaxLength(20));
  }

  private static <T> @Nullable T refusedOr(
      Function<String, T> make, String text, Refusal expected) {
    try {
      return make.apply(text);
    } catch (RefusedException refused) {
      assertThat(refused.refusal()).isEqualTo(expected);
      return null;
    }
  }
}
