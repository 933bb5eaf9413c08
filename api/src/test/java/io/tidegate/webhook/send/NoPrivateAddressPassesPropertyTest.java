package io.tidegate.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.settings.WebhookAllow;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * However an address that is not public is written, some reader takes it for one, and no guard lets
 * it pass. Here all of them are tried that readers are known to take.
 */
class NoPrivateAddressPassesPropertyTest {
  private static final Guard GUARD = new Guard(WebhookAllow.NOTHING);

  /** The first address of a range and how many bits of it are free. */
  private record Range(long first, int free) {}

  private static final List<Range> NOT_PUBLIC =
      List.of(
          new Range(0x00000000L, 24),
          new Range(0x0a000000L, 24),
          new Range(0x64400000L, 22),
          new Range(0x7f000000L, 24),
          new Range(0xa9fe0000L, 16),
          new Range(0xa9fea9feL, 0),
          new Range(0xac100000L, 20),
          new Range(0xc0000000L, 8),
          new Range(0xc0000200L, 8),
          new Range(0xc0a80000L, 16),
          new Range(0xc6120000L, 17),
          new Range(0xc6336400L, 8),
          new Range(0xcb007100L, 8),
          new Range(0xe0000000L, 28),
          new Range(0xf0000000L, 28));

  @Property(tries = 5000)
  void inNoWayOfWriting(
      @ForAll("notPublic") long address,
      @ForAll("forms") Function<Long, String> form,
      @ForAll("places") Function<String, String> place) {
    String url = place.apply(form.apply(address));

    assertThat(passes(url)).as(url).isFalse();
  }

  @Property(tries = 2000)
  void norAmongPublicOnes(@ForAll("notPublic") long address, @ForAll("publicOnes") long good)
      throws Exception {
    Target target = Target.of("https://hooks.example/");

    assertThat(passes(target, List.of(of(good)))).isTrue();
    assertThat(passes(target, List.of(of(address)))).isFalse();
    assertThat(passes(target, List.of(of(good), of(address)))).isFalse();
    assertThat(passes(target, List.of(of(address), of(good)))).isFalse();
  }

  /** What the JDK knows of addresses is another list than ours. */
  @Property(tries = 5000)
  void whatTheJdkTakesForNoPublicAddressIsNone(@ForAll("sixteenBytes") byte[] bytes)
      throws Exception {
    InetAddress address = InetAddress.getByAddress(bytes);
    boolean known =
        address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress();

    if (known) {
      assertThat(Reserved.of(address)).as(address.getHostAddress()).isPresent();
    }
  }

  private static boolean passes(String url) {
    try {
      GUARD.ensureMayBeNamed(Target.of(url));
      return true;
    } catch (ForbiddenTarget refused) {
      return false;
    }
  }

  private static boolean passes(Target target, List<InetAddress> addresses) {
    try {
      GUARD.ensureMayBeCalled(target, addresses);
      return true;
    } catch (ForbiddenTarget refused) {
      return false;
    }
  }

  private static InetAddress of(long address) {
    try {
      return InetAddress.getByAddress(
          new byte[] {
            (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
          });
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Provide
  Arbitrary<Long> notPublic() {
    return Arbitraries.of(NOT_PUBLIC)
        .flatMap(
            range ->
                Arbitraries.longs()
                    .between(range.first(), range.first() + (1L << range.free()) - 1));
  }

  @Provide
  Arbitrary<Long> publicOnes() {
    return Arbitraries.of(0x01010101L, 0x08080808L, 0x5db8d822L, 0xd8080808L);
  }

  /** Of four bytes and of sixteen, around the ranges that count. */
  @Provide
  Arbitrary<byte[]> sixteenBytes() {
    Arbitrary<Integer> first =
        Arbitraries.of(0x00, 0x0a, 0x20, 0x24, 0x64, 0x7f, 0xa9, 0xac, 0xc0, 0xfc, 0xfe, 0xff);
    Arbitrary<byte[]> others =
        Arbitraries.oneOf(
            Arbitraries.bytes().array(byte[].class).ofSize(4),
            Arbitraries.bytes().array(byte[].class).ofSize(16));
    return Combinators.combine(first, others)
        .as(
            (head, bytes) -> {
              byte[] made = bytes.clone();
              made[0] = head.byteValue();
              return made;
            });
  }

  @Provide
  Arbitrary<Function<Long, String>> forms() {
    return Arbitraries.of(
        List.<Function<Long, String>>of(
            a -> dotted(a, "%d"),
            a -> dotted(a, "%03d"),
            a -> dotted(a, "0%o"),
            a -> dotted(a, "000%o"),
            a -> dotted(a, "0x%x"),
            a -> dotted(a, "0x%X"),
            a -> dotted(a, "0X%02x"),
            a -> Long.toString(a),
            a -> "0" + Long.toOctalString(a),
            a -> "0x" + Long.toHexString(a),
            a -> "0x" + Long.toHexString(a).toUpperCase(Locale.ROOT),
            a -> Long.toString(a + (1L << 32)),
            a -> part(a, 3) + "." + (a & 0xffffff),
            a -> part(a, 3) + "." + part(a, 2) + "." + (a & 0xffff),
            a -> "0x" + Long.toHexString(part(a, 3)) + "." + (a & 0xffffff),
            a -> "0" + Long.toOctalString(part(a, 3)) + "." + part(a, 2) + "." + (a & 0xffff),
            a -> part(a, 3) + ".0x" + Long.toHexString(a & 0xffffff),
            a -> wide(dotted(a, "%d")),
            a -> dotted(a, "%d").replace('.', '\u3002'),
            a -> dotted(a, "%d").replace(".", "%2e"),
            a -> escaped(dotted(a, "%d")),
            a -> "[::ffff:" + dotted(a, "%d") + "]",
            a -> "[0:0:0:0:0:FFFF:" + dotted(a, "%d") + "]",
            a -> "[::ffff:" + hex(a) + "]",
            a -> "[0000:0000:0000:0000:0000:ffff:" + hex(a) + "]",
            a -> "[::ffff:0:" + hex(a) + "]",
            a -> "[::" + dotted(a, "%d") + "]",
            a -> "[::" + hex(a) + "]",
            a -> "[64:ff9b::" + dotted(a, "%d") + "]",
            a -> "[64:ff9b::" + hex(a) + "]",
            a -> "[64:ff9b:1::" + hex(a) + "]",
            a -> "[2002:" + hex(a) + "::]",
            a -> "[2002:" + hex(a) + "::1]",
            a -> "[2001::" + hex(a ^ 0xffffffffL) + "]",
            a -> "[2001:0:" + hex(a) + ":8000:63bf:" + hex(a ^ 0xffffffffL) + "]",
            a -> "[fe80::5efe:" + hex(a) + "]",
            a -> "[fd00::" + hex(a) + "]",
            a -> "[::ffff:" + hex(a) + "%25eth0]"));
  }

  @Provide
  Arbitrary<Function<String, String>> places() {
    return Arbitraries.of(
        List.<Function<String, String>>of(
            host -> "https://" + host + "/",
            host -> "https://" + host,
            host -> "https://" + host + ":8443/in",
            host -> "HTTPS://" + host + ":443?x=y",
            host -> "http://" + host + "/",
            host -> "http://" + host + ":8080/",
            host -> "https://" + host + "./",
            host -> "https://" + host + ".:8443/",
            host -> "https://hooks.example@" + host + "/",
            host -> "https://hooks.example:443@" + host + "/",
            host -> "https://" + host + "\\@hooks.example/",
            host -> "https://" + host + "#@hooks.example/",
            host -> "https://hooks.example#@" + host + "/",
            host -> "https://hooks.example\\@" + host + "/",
            host -> "https:" + host + "/",
            host -> "https:/" + host + "/",
            host -> "https:///" + host + "/",
            host -> " https://" + host + "/",
            host -> "https://" + host + " /",
            host -> "https://\t" + host + "/",
            host -> "https://" + host + "%00.hooks.example/"));
  }

  private static long part(long address, int at) {
    return address >> (8 * at) & 0xff;
  }

  private static String dotted(long address, String format) {
    String form = String.join(".", format, format, format, format);
    return String.format(
        Locale.ROOT, form, part(address, 3), part(address, 2), part(address, 1), part(address, 0));
  }

  private static String hex(long address) {
    return Long.toHexString(address >> 16 & 0xffff) + ":" + Long.toHexString(address & 0xffff);
  }

  /** Digits as wide as Chinese characters, which some readers take for digits. */
  private static String wide(String text) {
    StringBuilder wide = new StringBuilder();
    text.chars().forEach(c -> wide.append(c == '.' ? '.' : (char) (c - '0' + '\uff10')));
    return wide.toString();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append(c == '.' ? "." : "%" + Integer.toHexString(c)));
    return escaped.toString();
  }
}
