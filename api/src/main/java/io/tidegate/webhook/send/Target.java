package io.tidegate.webhook.send;

import io.tidegate.settings.AddressRange;
import io.tidegate.settings.HostName;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a webhook is sent: an absolute URL (RFC 3986), read so strictly that no two readers can
 * take it for two places. Says nothing of whether its addresses may be called: {@link Guard} does.
 */
public final class Target {
  /** As long as browsers and servers bear; it is kept with each webhook. */
  private static final int LONGEST = 2_048;

  private static final Pattern PRINTABLE = Pattern.compile("[!-~]{1," + LONGEST + "}");
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  /** Below are the ports of other services, which are not to be spoken to. */
  private static final int FIRST_FREE_PORT = 1_024;

  private static final int LAST_PORT = 65_535;

  private final String url;
  private final boolean secure;
  private final Host host;
  private final int port;
  private final String path;

  private Target(String url, boolean secure, Host host, int port, String path) {
    this.url = url;
    this.secure = secure;
    this.host = host;
    this.port = port;
    this.path = path;
  }

  /** What stands between scheme and port. */
  public sealed interface Host {
    /** To be looked up. */
    record Named(HostName name) implements Host {}

    /** An address in numbers, written in the one usual way. */
    record Literal(InetAddress address) implements Host {}
  }

  /**
   * @throws ForbiddenTarget when no guard would ever let it pass
   */
  public static Target of(String url) throws ForbiddenTarget {
    if (!PRINTABLE.matcher(url).matches()) {
      throw new ForbiddenTarget(
          Barrier.URL_INVALID,
          "a URL has 1 to " + LONGEST + " characters of ASCII, without spaces; percent-encode it");
    }
    URI uri = uri(url);
    boolean secure = isSecure(uri);
    if (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0) {
      throw new ForbiddenTarget(
          Barrier.CREDENTIALS_IN_URL, "no name and password in the URL: check the signature");
    }
    if (uri.getRawFragment() != null) {
      throw new ForbiddenTarget(Barrier.URL_INVALID, "no fragment (#...): it is never sent");
    }
    Host host = host(uri.getHost());
    return new Target(url, secure, host, port(uri.getPort(), secure), path(uri));
  }

  private static URI uri(String url) throws ForbiddenTarget {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new ForbiddenTarget(Barrier.URL_INVALID, "not a URL: https://host/path");
    }
  }

  private static boolean isSecure(URI uri) throws ForbiddenTarget {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "https" -> true;
      case "http" -> false;
      default -> throw new ForbiddenTarget(Barrier.SCHEME_REFUSED, "https://, nothing else");
    };
  }

  private static Host host(@Nullable String text) throws ForbiddenTarget {
    if (text != null && text.startsWith("[")) {
      InetAddress address = AddressRange.address(text.substring(1, text.length() - 1));
      // One of IPv4 in IPv6 would be an Inet4Address: another way to write what has a usual one.
      if (address instanceof Inet6Address) {
        return new Host.Literal(address);
      }
    } else if (text != null) {
      HostName name = HostName.of(text);
      if (name != null) {
        return new Host.Named(name);
      }
      if (AddressRange.address(text) instanceof Inet4Address address) {
        return new Host.Literal(address);
      }
    }
    throw new ForbiddenTarget(
        Barrier.HOST_INVALID,
        "the host is a name in letters, digits and hyphens without a dot at its end (xn--... for"
            + " other alphabets), or an address in its usual form");
  }

  private static int port(int given, boolean secure) throws ForbiddenTarget {
    int usual = secure ? HTTPS_PORT : HTTP_PORT;
    int port = given < 0 ? usual : given;
    if (port != usual && (port < FIRST_FREE_PORT || port > LAST_PORT)) {
      throw new ForbiddenTarget(
          Barrier.PORT_REFUSED, "the port is " + usual + " or from 1024 to 65535");
    }
    return port;
  }

  private static String path(URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  /** As it was given; for where it is kept. */
  public String url() {
    return url;
  }

  public boolean secure() {
    return secure;
  }

  public Host host() {
    return host;
  }

  public int port() {
    return port;
  }

  /** Path and query as they go into the request line. */
  String path() {
    return path;
  }

  /** The host as certificates name it. */
  String hostText() {
    return switch (host) {
      case Host.Named named -> named.name().text();
      case Host.Literal literal -> literal.address().getHostAddress();
    };
  }

  /** What {@code Host} says (RFC 9110, section 7.2). */
  String authority() {
    boolean bracketed =
        host instanceof Host.Literal literal && literal.address() instanceof Inet6Address;
    String name = bracketed ? "[" + hostText() + "]" : hostText();
    return port == (secure ? HTTPS_PORT : HTTP_PORT) ? name : name + ":" + port;
  }

  /** Without path and query, which may hold a secret of the receiver. */
  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + authority();
  }
}
