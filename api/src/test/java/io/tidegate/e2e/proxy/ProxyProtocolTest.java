package io.tidegate.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestGateway;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A load balancer at 127.0.0.2 that speaks the PROXY protocol; 127.0.0.1 is anybody. A trusted one
 * must begin with it, anybody else must not.
 */
@WireTest
@SuppressWarnings("NullAway.Init")
final class ProxyProtocolTest {
  private static final String BALANCER = "127.0.0.2";
  private static final String STRANGER = "127.0.0.1";
  private static final int TIMEOUT_MILLIS = 60_000;

  private static final byte[] V2 = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");

  private TestGateway gateway;
  private Door door;

  @BeforeAll
  void start() {
    gateway =
        TestGateway.start(
            "proxy_protocol",
            Map.of(
                "TIDEGATE_TRUSTED_PROXIES",
                BALANCER + ", 10.0.0.0/8",
                "TIDEGATE_PROXY_PROTOCOL",
                "true"));
    door = Door.of(gateway);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void versionOneTellsTheClient() throws IOException {
    TestApp app = TestApp.create(door, "V1");
    try (Socket line = connect(BALANCER)) {
      send(line, "PROXY TCP4 203.0.113.7 10.0.0.9 55555 443\r\n" + openStream(app, ""));

      assertThat(begin(line)).startsWith("HTTP/1.1 200");
      assertThat(ListedAddress.of(app, "sse")).isEqualTo("203.0.113.7");
    }
  }

  @Test
  void versionTwoTellsTheClientAndThatItUsedTls() throws IOException {
    TestApp app = TestApp.create(door, "V2");
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes(V2);
    header.writeBytes(HexFormat.of().parseHex("2121" + "002c")); // PROXY, TCP over IPv6, 36 + 8
    header.writeBytes(HexFormat.of().parseHex("20010db8000000000000000000000001"));
    header.writeBytes(HexFormat.of().parseHex("20010db8000000000000000000000002"));
    header.writeBytes(HexFormat.of().parseHex("d90301bb"));
    header.writeBytes(HexFormat.of().parseHex("200005" + "0100000000")); // PP2_TYPE_SSL: over TLS
    try (Socket line = connect(BALANCER)) {
      line.getOutputStream().write(header.toByteArray());
      send(line, openStream(app, ""));

      assertThat(begin(line)).startsWith("HTTP/1.1 200").contains("Strict-Transport-Security");
      assertThat(ListedAddress.of(app, "sse")).isEqualTo("2001:db8:0:0:0:0:0:1");
    }
  }

  /** The balancer's own health checks. */
  @Test
  void localAndUnknownLeaveTheBalancersAddress() throws IOException {
    TestApp app = TestApp.create(door, "Local");
    try (Socket line = connect(BALANCER)) {
      line.getOutputStream().write(V2);
      line.getOutputStream().write(HexFormat.of().parseHex("20000000"));
      send(line, openStream(app, ""));

      assertThat(begin(line)).startsWith("HTTP/1.1 200");
      assertThat(ListedAddress.of(app, "sse")).isEqualTo(BALANCER);
    }
    try (Socket line = connect(BALANCER)) {
      send(line, "PROXY UNKNOWN\r\n" + request("/openapi.yaml", ""));

      assertThat(begin(line)).startsWith("HTTP/1.1 200");
    }
  }

  /** Whom the balancer speaks for may be another trusted proxy, whose header counts then. */
  @Test
  void headersCountBehindATrustedSourceOnly() throws IOException {
    TestApp trusted = TestApp.create(door, "Chain");
    TestApp spoofed = TestApp.create(door, "Spoofed");
    String header = "X-Forwarded-For: 192.0.2.44\r\n";
    try (Socket chain = connect(BALANCER);
        Socket direct = connect(BALANCER)) {
      send(chain, "PROXY TCP4 10.1.1.1 10.0.0.9 5 443\r\n" + openStream(trusted, header));
      send(direct, "PROXY TCP4 203.0.113.7 10.0.0.9 5 443\r\n" + openStream(spoofed, header));

      assertThat(begin(chain)).startsWith("HTTP/1.1 200");
      assertThat(begin(direct)).startsWith("HTTP/1.1 200");
      assertThat(ListedAddress.of(trusted, "sse")).isEqualTo("192.0.2.44");
      assertThat(ListedAddress.of(spoofed, "sse")).isEqualTo("203.0.113.7");
    }
  }

  @Test
  void aTrustedProxyThatDoesNotSpeakItIsRefused() throws IOException {
    try (Socket line = connect(BALANCER)) {
      send(line, request("/openapi.yaml", ""));

      assertThat(begin(line)).isEmpty();
    }
  }

  @Test
  void anybodyElseCannotSpeakIt() throws IOException {
    TestApp app = TestApp.create(door, "Stranger");
    try (Socket line = connect(STRANGER)) {
      send(line, "PROXY TCP4 203.0.113.7 10.0.0.9 5 443\r\n" + request("/openapi.yaml", ""));

      assertThat(begin(line)).doesNotStartWith("HTTP/1.1 200");
    }
    try (Socket line = connect(STRANGER)) {
      send(line, openStream(app, "X-Forwarded-For: 203.0.113.7\r\nForwarded: for=1.1.1.1\r\n"));

      assertThat(begin(line)).startsWith("HTTP/1.1 200");
      assertThat(ListedAddress.of(app, "sse")).isEqualTo(STRANGER);
    }
  }

  private Socket connect(String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(new InetSocketAddress("127.0.0.1", door.port()), TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private static String openStream(TestApp app, String headers) {
    String authorization = String.valueOf(Credential.key(app.key()).authorization());
    return request("/v1/sse?channel=a", "Authorization: " + authorization + "\r\n" + headers);
  }

  private static String request(String path, String headers) {
    return "GET " + path + " HTTP/1.1\r\nHost: gateway\r\n" + headers + "\r\n";
  }

  private static void send(Socket line, String text) throws IOException {
    line.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The head of the answer; empty when the line was closed without one. */
  private static String begin(Socket line) throws IOException {
    StringBuilder head = new StringBuilder();
    try {
      for (int next = line.getInputStream().read();
          next >= 0 && head.indexOf("\r\n\r\n") < 0;
          next = line.getInputStream().read()) {
        head.append((char) next);
      }
    } catch (java.net.SocketException reset) {
      return head.toString();
    }
    return head.toString();
  }
}
