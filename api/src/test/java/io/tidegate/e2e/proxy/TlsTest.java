package io.tidegate.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tidegate.TestGateway;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.TestCertificate;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import io.tidegate.tls.PublicCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * The gateway's own TLS: all that goes over plain HTTP goes over it, and its certificate is
 * renewed.
 */
@WireTest
@SuppressWarnings("NullAway.Init")
final class TlsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final TestCertificate FIRST = TestCertificate.make("EC");
  private static final TestCertificate SECOND = TestCertificate.make("RSA");

  @TempDir static Path folder;

  private TestGateway gateway;
  private Door door;
  private TestApp app;

  @BeforeAll
  void start() throws IOException {
    write("cert.pem", FIRST.certificatePem());
    write("key.pem", FIRST.keyPem());
    gateway =
        TestGateway.start(
            "tls",
            Map.of(
                "TIDEGATE_TLS_CERT", folder.resolve("cert.pem").toString(),
                "TIDEGATE_TLS_KEY", folder.resolve("key.pem").toString()));
    door = new Door(gateway.gateway().port(), true);
    app = TestApp.create(door, "Tls");
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  /** By one step, as certbot and Kubernetes do. */
  private static void write(String file, String text) throws IOException {
    Path fresh = Files.writeString(folder.resolve("fresh"), text);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(fresh, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }

  @ParameterizedTest
  @EnumSource
  void everyTransportDeliversAndResumes(Transport transport) {
    String channel = "tls:" + transport;
    try (Client client = transport.open(app, channel)) {
      app.publisher().numbers(channel, 20);
      client.frames().awaitSeq(channel, 20);
      client.cut();
      app.publisher().numbers(channel, 20);
      client.reconnect();
      client.frames().awaitSeq(channel, 40);

      assertThat(client.frames().numbers(channel))
          .isEqualTo(IntStream.range(0, 40).map(i -> i % 20 + 1).boxed().toList());
    }
  }

  /**
   * What TLS holds back counts as unsent too: a client that stops reading costs no more than ever.
   */
  @Test
  void slowConsumerIsClosedAndResumes() {
    try (WebSocketClient slow = WebSocketClient.open(door, Credential.key(app.key()))) {
      slow.subscribe("tls:slow");
      slow.frames().await("subscribed");
      slow.stopReading();
      String body = "{\"data\":\"" + "x".repeat(32_000) + "\"}";
      for (int i = 0; i < 200; i++) {
        app.publisher().accepted("tls:slow", body);
      }
      long listed = lastListed(slow.connectionId());
      slow.readOn();
      int closeCode = slow.closeCode();

      // Whoever has not read all of it 5 s after its end is just cut.
      boolean inTime = System.nanoTime() - listed < TimeUnit.SECONDS.toNanos(5);
      assertThat(closeCode).isIn(4108, inTime ? 4108 : 1006);
      assertThat(slow.frames().messages("tls:slow")).hasSizeLessThan(200);
      slow.reconnect();
      slow.frames().awaitSeq("tls:slow", 200);
      assertThat(slow.frames().messages("tls:slow")).hasSize(200);
    }
  }

  /** Waits until it is ended; returns when it was asked for by who saw it last. */
  private long lastListed(String connectionId) {
    String connections = "/v1/connections?limit=1000";
    AtomicLong listed = new AtomicLong();
    Awaitility.await("the slow one is ended")
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              long asked = System.nanoTime();
              boolean there = app.rest().get(connections).body().contains(connectionId);
              if (there) {
                listed.set(asked);
              }
              return !there;
            });
    return listed.get();
  }

  @Test
  void answersTellBrowsersToStaySecure() throws Exception {
    Answer rest = app.rest().get("/v1/channels").expect(200);
    HttpResponse<String> refused =
        Rest.http()
            .send(HttpRequest.newBuilder(door.uri("/v1/sse")).build(), BodyHandlers.ofString());

    assertThat(rest.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("Strict-Transport-Security"))
        .contains("max-age=31536000");
  }

  @Test
  void managementPortStaysPlain() {
    Door management = new Door(gateway.gateway().managementPort(), false);

    Answer ready = new Rest(management, Credential.NONE).get("/health/ready").expect(200);

    assertThat(ready.headers().firstValue("Strict-Transport-Security")).isEmpty();
  }

  /** What is for clients is not where an operator's tools listen. */
  @ParameterizedTest
  @ValueSource(strings = {"/v1/ws", "/v1/sse?channel=a", "/v1/poll?channel=a", "/v1/channels"})
  void managementPortHasNothingForClients(String path) throws Exception {
    Door management = new Door(gateway.gateway().managementPort(), false);
    HttpRequest.Builder request = HttpRequest.newBuilder(management.uri(path));
    Credential.key(app.key()).addTo(request);

    assertThat(Rest.http().send(request.build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void onlyHttp11IsOffered(String version) throws IOException {
    try (SSLSocket socket = socket()) {
      socket.setEnabledProtocols(new String[] {version});
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();

      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
    }
  }

  /** Suites without forward secrecy, as scanners try them. */
  @Test
  void weakSuitesAreNotSpoken() throws IOException {
    try (SSLSocket socket = socket()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"});

      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
    }
  }

  /** Failed handshakes are everybody's to make: they end the line, and say nothing in the log. */
  @Test
  void plainHttpIsNotAnsweredAndNotLogged() throws IOException {
    ListAppender<ILoggingEvent> log = listen("ROOT");
    try (Socket socket = new Socket("127.0.0.1", door.port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = read(socket.getInputStream());

      assertThat(answer).doesNotContain("HTTP/1.1");
      assertThat(List.copyOf(log.list)).noneMatch(event -> event.getThrowableProxy() != null);
    } finally {
      root("ROOT").detachAppender(log);
    }
  }

  @Test
  void renewedCertificateIsShownToNewcomersAndABadOneToNobody() throws IOException {
    try (WebSocketClient old = WebSocketClient.open(door, Credential.key(app.key()))) {
      old.subscribe("tls:renewed");
      old.frames().await("subscribed");
      assertThat(shown()).isEqualTo(FIRST.certificate());

      ListAppender<ILoggingEvent> log = listen(PublicCertificate.class.getName());
      write("key.pem", SECOND.keyPem());
      Awaitility.await("the mismatch is told")
          .atMost(PATIENCE)
          .until(
              () ->
                  List.copyOf(log.list).stream()
                      .anyMatch(
                          event ->
                              event
                                  .getFormattedMessage()
                                  .contains("key.pem is not the key of the certificate")));
      assertThat(shown()).isEqualTo(FIRST.certificate());

      write("cert.pem", SECOND.certificatePem());
      Awaitility.await("the new one is shown")
          .atMost(PATIENCE)
          .until(() -> shown().equals(SECOND.certificate()));
      Awaitility.await("that anybody may read the key is told behind it")
          .atMost(PATIENCE)
          .until(
              () ->
                  List.copyOf(log.list).stream()
                      .anyMatch(
                          event ->
                              event.getFormattedMessage().contains("may read the key: chmod o-r")));
      root(PublicCertificate.class.getName()).detachAppender(log);
      assertThat(log.list).noneMatch(event -> event.getFormattedMessage().contains("PRIVATE"));
      app.publisher().numbers("tls:renewed", 3);
      old.frames().awaitSeq("tls:renewed", 3);

      assertThat(old.isOpen()).isTrue();
      assertThat(old.frames().numbers("tls:renewed")).containsExactly(1, 2, 3);
    }
  }

  /** What a handshake made now shows. */
  private Certificate shown() throws IOException {
    try (SSLSocket socket = socket()) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private SSLSocket socket() throws IOException {
    return (SSLSocket)
        TestCertificate.trust().getSocketFactory().createSocket("127.0.0.1", door.port());
  }

  private static String read(InputStream in) {
    try {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException reset) {
      return "";
    }
  }

  private static ListAppender<ILoggingEvent> listen(String logger) {
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    root(logger).addAppender(appender);
    return appender;
  }

  private static Logger root(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }
}
