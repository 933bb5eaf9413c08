package io.tidegate.peer;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The client behind a request. What proxies say of it is believed from trusted ones only, one by
 * one from the nearest: the first address that is not such a proxy's is the client's. Anybody else
 * may write into the same headers what they like.
 *
 * @param address in numbers, without a port
 * @param secure whether it used TLS, as far as is known
 * @param host the authority it asked for, when a trusted proxy told another than {@code Host}
 */
public record Peer(String address, boolean secure, @Nullable String host) {
  /**
   * {@code Strict-Transport-Security} of answers over TLS (RFC 6797): a year. Subdomains are not
   * ours to decide on.
   */
  public static final String STAY_SECURE = "max-age=31536000";

  /**
   * @param headers all values of a request header by its name
   */
  public static Peer of(Channel channel, Function<String, List<String>> headers) {
    Line line = Line.of(channel);
    Peer nearest = new Peer(text(line.address()), line.secure(), null);
    if (!line.trusts(line.address())) {
      return nearest;
    }
    List<Hop> common = Hop.commonForm(headers);
    List<Hop> standard = Hop.standardForm(headers);
    Peer peer = behind(line, nearest, common.isEmpty() ? standard : common);
    // A proxy writes one form and lets the client's own other form pass: if they differ, neither.
    return common.isEmpty()
            || standard.isEmpty()
            || peer.address().equals(behind(line, nearest, standard).address())
        ? peer
        : nearest;
  }

  private static Peer behind(Line line, Peer nearest, List<Hop> hops) {
    Peer peer = nearest;
    for (Hop hop : hops) {
      InetAddress address = hop.address();
      if (address == null) {
        return peer;
      }
      boolean secure = hop.scheme() == null ? peer.secure() : hop.scheme().equals("https");
      peer = new Peer(text(address), secure, hop.host() == null ? peer.host() : hop.host());
      if (!line.trusts(address)) {
        return peer;
      }
    }
    return peer;
  }

  private static String text(@Nullable InetAddress address) {
    if (address == null) {
      return "unknown";
    }
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
