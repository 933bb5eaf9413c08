package io.tidegate.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.tidegate.settings.AddressRange;
import io.tidegate.settings.Settings;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word is believed about who a client is. The proxies 10.x and fd00::/8 are trusted. */
@SuppressWarnings("NullAway.Init")
final class PeerTest {
  private static final String PROXY = "10.0.0.1";
  private static final String STRANGER = "198.51.100.9";

  @TempDir private static Path data;

  private static Peer peer(String remote, String... headers) {
    Settings settings =
        Settings.read(
            Map.of(
                "TIDEGATE_DATA",
                data.toString(),
                "TIDEGATE_TRUSTED_PROXIES",
                "10.0.0.0/8, fd00::/8"));
    From channel = new From(remote);
    Line.begin(channel, settings.proxies());
    HttpHeaders all = new DefaultHttpHeaders();
    for (int i = 0; i < headers.length; i += 2) {
      all.add(headers[i], headers[i + 1]);
    }
    return Peer.of(channel, all::getAll);
  }

  private static final class From extends EmbeddedChannel {
    private final String address;

    From(String address) {
      this.address = address;
    }

    @Override
    public SocketAddress remoteAddress() {
      return new InetSocketAddress(Objects.requireNonNull(AddressRange.address(address)), 5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "Forwarded"})
  void strangersSayWhatTheyLike(String header) {
    String value = header.equals("Forwarded") ? "for=1.1.1.1;proto=https;host=x" : "1.1.1.1";

    assertThat(peer(STRANGER, header, value, "X-Forwarded-Proto", "https", "X-Forwarded-Host", "x"))
        .isEqualTo(new Peer(STRANGER, false, null));
  }

  @Test
  void aConnectionNobodyNotedTrustsNobody() {
    HttpHeaders headers = new DefaultHttpHeaders().add("X-Forwarded-For", "1.1.1.1");

    assertThat(Peer.of(new From(PROXY), headers::getAll)).isEqualTo(new Peer(PROXY, false, null));
  }

  @ParameterizedTest
  @CsvSource({
    // one proxy
    "203.0.113.7, 203.0.113.7",
    // what the client wrote itself stands to the left, and is not looked at
    "'1.1.1.1, 203.0.113.7', 203.0.113.7",
    "'10.0.0.5, 203.0.113.7', 203.0.113.7",
    "'127.0.0.1,203.0.113.7', 203.0.113.7",
    // several trusted ones
    "'203.0.113.7, 10.2.2.2, 10.1.1.1', 203.0.113.7",
    "'1.1.1.1, 203.0.113.7, 10.2.2.2', 203.0.113.7",
    // all are ours: the furthest
    "'10.3.3.3, 10.2.2.2', 10.3.3.3",
    // with a port, in IPv6
    "203.0.113.7:55555, 203.0.113.7",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "[2001:db8::1]:443, 2001:db8:0:0:0:0:0:1",
    "::ffff:203.0.113.7, 203.0.113.7",
    // not told in numbers: the last proxy that is known
    "unknown, 10.0.0.1",
    "'1.1.1.1, unknown', 10.0.0.1",
    "'203.0.113.7, secret, 10.2.2.2', 10.2.2.2",
    "localhost, 10.0.0.1",
    "'', 10.0.0.1"
  })
  void theFirstAddressFromTheRightThatIsNoTrustedProxyIsTheClient(String header, String client) {
    assertThat(peer(PROXY, "X-Forwarded-For", header).address()).isEqualTo(client);
  }

  @Test
  void severalLinesAreOneList() {
    assertThat(
            peer(PROXY, "X-Forwarded-For", "1.1.1.1", "X-Forwarded-For", "203.0.113.7, 10.9.9.9")
                .address())
        .isEqualTo("203.0.113.7");
  }

  @Test
  void theNearestProxyTellsSchemeAndHost() {
    Peer peer =
        peer(
            PROXY,
            "X-Forwarded-For",
            "203.0.113.7",
            "X-Forwarded-Proto",
            "http, https",
            "X-Forwarded-Host",
            "evil.example, chat.example:8443");

    assertThat(peer).isEqualTo(new Peer("203.0.113.7", true, "chat.example:8443"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=203.0.113.7;proto=https;host=chat.example | 203.0.113.7 | true | chat.example",
        "For=\"[2001:db8::1]:4711\" | 2001:db8:0:0:0:0:0:1 | false |",
        "for=1.1.1.1;proto=http, for=203.0.113.7;proto=https | 203.0.113.7 | true |",
        "for=203.0.113.7;proto=https, for=10.2.2.2;proto=http | 203.0.113.7 | true |",
        "for=203.0.113.7, for=unknown | 10.0.0.1 | false |",
        "for=_hidden | 10.0.0.1 | false |",
        "for=\"203.0.113.7\\\" | 10.0.0.1 | false |",
        "nonsense | 10.0.0.1 | false |",
        "by=10.0.0.1;for=203.0.113.7:80;ext=\"a,b;c=d\\\"\" | 203.0.113.7 | false |"
      })
  void theStandardHeaderIsReadToo(String header, String client, boolean secure, String host) {
    assertThat(peer(PROXY, "Forwarded", header)).isEqualTo(new Peer(client, secure, host));
  }

  /** A proxy that knows one of the two lets the client's own other one pass. */
  @Test
  void twoHeadersThatDifferAreNotBelieved() {
    assertThat(peer(PROXY, "X-Forwarded-For", "203.0.113.7", "Forwarded", "for=1.1.1.1"))
        .isEqualTo(new Peer(PROXY, false, null));
    assertThat(
            peer(PROXY, "X-Forwarded-For", "203.0.113.7", "Forwarded", "for=203.0.113.7").address())
        .isEqualTo("203.0.113.7");
  }

  @Test
  void longHeadersCostLittle() {
    String many = "10.1.1.1,".repeat(800) + "10.2.2.2";
    String escaped = "for=\"" + "\\a".repeat(3_900) + "\"";

    assertThat(peer(PROXY, "X-Forwarded-For", many).address()).isEqualTo("10.1.1.1");
    assertThat(peer(PROXY, "Forwarded", escaped).address()).isEqualTo(PROXY);
    assertThat(peer(PROXY, "Forwarded", escaped.substring(0, 4_000) + "\"").address())
        .isEqualTo(PROXY);
  }
}
