package io.tidegate.peer;

import io.tidegate.settings.AddressRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy says of whoever asked it.
 *
 * @param address null when it is not told in numbers
 * @param scheme {@code http} or {@code https}, null when it is not told
 * @param host null when it is not told
 */
record Hop(@Nullable InetAddress address, @Nullable String scheme, @Nullable String host) {
  /** More proxies than anybody has; what is further away is not looked at. */
  private static final int MAX_HOPS = 32;

  /** Of a whole header; so much is 32 hops in full. */
  private static final int MAX_CHARACTERS = 4_096;

  private static final Pattern COMMA = Pattern.compile(",");

  /** {@code token=token} or {@code token="quoted"}, and what ends it (RFC 7239, section 4). */
  private static final Pattern PAIR =
      Pattern.compile(
          "\\s*([A-Za-z]+)=(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|([^\\s\";,]*+))\\s*([;,]|$)");

  /** An address, with a port or without; IPv6 with a port is in brackets. */
  private static final Pattern NODE =
      Pattern.compile("\\[([^\\]]+)\\](?::\\w+)?|([0-9.]+)(?::\\w+)?|([0-9A-Fa-f:.]+)");

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9._-]+(:[0-9]+)?|\\[[0-9A-Fa-f:.]+\\](:[0-9]+)?");

  /**
   * {@code X-Forwarded-For}, nearest first. {@code -Proto} and {@code -Host} are the nearest
   * proxy's word; it is told of no other.
   */
  static List<Hop> commonForm(Function<String, List<String>> headers) {
    List<String> addresses = list(headers.apply("X-Forwarded-For"));
    String scheme = scheme(last(list(headers.apply("X-Forwarded-Proto"))));
    String host = host(last(list(headers.apply("X-Forwarded-Host"))));
    List<Hop> hops = new ArrayList<>();
    for (int i = addresses.size() - 1; i >= 0 && hops.size() < MAX_HOPS; i--) {
      boolean nearest = hops.isEmpty();
      hops.add(new Hop(node(addresses.get(i)), nearest ? scheme : null, nearest ? host : null));
    }
    return hops;
  }

  /** {@code Forwarded} (RFC 7239), nearest first; nothing when it is not well-formed. */
  static List<Hop> standardForm(Function<String, List<String>> headers) {
    String text = String.join(",", headers.apply("Forwarded"));
    List<Hop> hops = new ArrayList<>();
    Hop hop = new Hop(null, null, null);
    Matcher matcher = PAIR.matcher(text);
    int at = text.length() > MAX_CHARACTERS ? text.length() : 0;
    while (at < text.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        return List.of();
      }
      String value =
          matcher.group(2) == null
              ? matcher.group(3)
              : matcher.group(2).replaceAll("\\\\(.)", "$1");
      hop = hop.with(matcher.group(1).toLowerCase(Locale.ROOT), value);
      if (!matcher.group(4).equals(";")) {
        hops.addFirst(hop);
        hop = new Hop(null, null, null);
      }
      at = matcher.end();
    }
    return hops.size() > MAX_HOPS ? hops.subList(0, MAX_HOPS) : hops;
  }

  private Hop with(String name, String value) {
    return switch (name) {
      case "for" -> new Hop(node(value), scheme, host);
      case "proto" -> new Hop(address, scheme(value), host);
      case "host" -> new Hop(address, scheme, host(value));
      default -> this;
    };
  }

  /** The values of a header that may be written in one line or in several. */
  private static List<String> list(List<String> lines) {
    return lines.stream()
        .flatMap(COMMA::splitAsStream)
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  private static @Nullable String last(List<String> values) {
    return values.isEmpty() ? null : values.getLast();
  }

  private static @Nullable InetAddress node(String text) {
    Matcher matcher = NODE.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    for (int group = 1; group <= matcher.groupCount(); group++) {
      if (matcher.group(group) != null) {
        return AddressRange.address(matcher.group(group));
      }
    }
    return null;
  }

  private static @Nullable String scheme(@Nullable String text) {
    String scheme = text == null ? "" : text.toLowerCase(Locale.ROOT);
    return scheme.equals("https") || scheme.equals("http") ? scheme : null;
  }

  private static @Nullable String host(@Nullable String text) {
    return text != null && HOST.matcher(text).matches() ? text : null;
  }
}
