package io.tidegate.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.tidegate.webhook.send.Outcome.Answered;
import io.tidegate.webhook.send.Outcome.Failed;
import io.tidegate.webhook.send.Outcome.Fault;
import io.tidegate.webhook.send.Receiver.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, and what is made of whatever comes back. */
final class GuardedSenderTest {
  private static final String LOOPBACK = "127.0.0.1";

  /** For targets that never answer. On a busy machine not even a connection is made in it. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  private static Outcome send(Answer answer, Duration within) throws Exception {
    try (Receiver receiver = Receiver.start(answer);
        GuardedSender sender = Senders.of(LOOPBACK, Senders.nobody(), within)) {
      return Senders.send(sender, "http://127.0.0.1:" + receiver.port() + "/in");
    }
  }

  private static Answered answered(String answer) throws Exception {
    Outcome outcome = send(Answer.text(answer), Senders.PATIENCE);
    assertThat(outcome).isInstanceOf(Answered.class);
    return (Answered) outcome;
  }

  private static Fault fault(Answer answer, Duration within) throws Exception {
    Outcome outcome = send(answer, within);
    assertThat(outcome.isTaken()).isFalse();
    assertThat(outcome)
        .asInstanceOf(type(Failed.class))
        .extracting(Failed::reason)
        .asString()
        .hasLineCount(1);
    return ((Failed) outcome).fault();
  }

  @Test
  void aCallIsOnePostWithItsHeadersAndNothingBesides() throws Exception {
    try (Receiver receiver = Receiver.start(Answer.status(204));
        GuardedSender sender = Senders.allowing(LOOPBACK)) {
      int port = receiver.port();
      Outcome outcome =
          sender.send(
              Target.of("http://127.0.0.1:" + port + "/in?a=b%20c"),
              Map.of("Content-Type", "application/json", Signer.HEADER, "t=1,v1=00"),
              "{\"ä\":1}".getBytes(StandardCharsets.UTF_8));

      assertThat(outcome.isTaken()).isTrue();
      Receiver.Request request = receiver.requests().getFirst();
      assertThat(request.head())
          .containsExactlyInAnyOrder(
              "POST /in?a=b%20c HTTP/1.1",
              "host: 127.0.0.1:" + port,
              "user-agent: Tidegate-Webhooks/1",
              "connection: close",
              "content-length: 8",
              "Content-Type: application/json",
              "Tidegate-Signature: t=1,v1=00");
      assertThat(request.body()).isEqualTo("{\"ä\":1}");
    }
  }

  @Test
  void aLargeBodyArrivesWhole() throws Exception {
    String body = "0123456789abcdef".repeat(65_536);
    try (Receiver receiver = Receiver.start(Answer.status(200));
        GuardedSender sender = Senders.allowing(LOOPBACK)) {
      Target target = Target.of("http://127.0.0.1:" + receiver.port());

      assertThat(sender.send(target, Map.of(), body.getBytes(StandardCharsets.UTF_8)).isTaken())
          .isTrue();
      assertThat(receiver.requests().getFirst().body()).isEqualTo(body);
    }
  }

  @Test
  void theAnswerIsTold() throws Exception {
    Answered refused = answered("HTTP/1.1 422 no\r\nContent-Length: 5\r\n\r\nnope!");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).asString(StandardCharsets.UTF_8).isEqualTo("nope!");
    assertThat(refused.cut()).isFalse();
    assertThat(refused.isTaken()).isFalse();
    assertThat(refused.took()).isPositive();
  }

  @Test
  void answersOfAllFramingsAreRead() throws Exception {
    assertThat(
            answered("HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
                .body())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("abc");
    assertThat(answered("HTTP/1.0 200 x\r\n\r\nuntil the end").body())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("until the end");
    assertThat(answered("HTTP/1.1 103 x\r\nLink: y\r\n\r\nHTTP/1.1 204 x\r\n\r\n").status())
        .isEqualTo(204);
  }

  @Test
  void whatIsCompressedStaysSo() throws Exception {
    Answered answered =
        answered(
            "HTTP/1.1 200 x\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u001f\u008b\u0008\u0000");

    assertThat(answered.body()).containsExactly(0x1f, 0x8b, 8, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 307, 308})
  void aRedirectIsAnAnswerAndIsNotFollowed(int status) throws Exception {
    try (Receiver elsewhere = Receiver.start(Answer.status(200))) {
      Answered answered =
          answered(
              "HTTP/1.1 %d x\r\nLocation: http://127.0.0.1:%d/\r\nContent-Length: 0\r\n\r\n"
                  .formatted(status, elsewhere.port()));

      assertThat(answered.status()).isEqualTo(status);
      assertThat(answered.isTaken()).isFalse();
      assertThat(elsewhere.connections()).isZero();
    }
  }

  @Test
  void ofALongAnswerTheBeginningIsRead() throws Exception {
    String head = "HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n";
    Answer endless =
        (request, out) -> {
          out.write(head.getBytes(StandardCharsets.US_ASCII));
          while (true) {
            out.write("400\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[1024]);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
          }
        };

    Outcome outcome = send(endless, Senders.PATIENCE);

    assertThat(outcome.isTaken()).isTrue();
    Answered answered = (Answered) outcome;
    assertThat(answered.cut()).isTrue();
    assertThat(answered.body().length).isBetween(60 * 1024, 64 * 1024);
  }

  @Test
  void anAnswerOfExactlyTheBoundIsWhole() throws Exception {
    String head = "HTTP/1.1 200 x\r\nContent-Length: %05d\r\n\r\n";
    int length = 64 * 1024 - String.format(head, 0).length();

    Answered whole = answered(String.format(head, length) + "x".repeat(length));
    assertThat(whole.cut()).isFalse();
    assertThat(whole.body()).hasSize(length);

    Answered cut = answered(String.format(head, length + 1) + "x".repeat(length + 1));
    assertThat(cut.cut()).isTrue();
    assertThat(cut.body()).hasSize(length);
  }

  @Test
  void aHeadWithoutEndIsNone() throws Exception {
    Answer endless =
        (request, out) -> {
          out.write("HTTP/1.1 200 x\r\n".getBytes(StandardCharsets.US_ASCII));
          while (true) {
            out.write("X-More: of the same\r\n".getBytes(StandardCharsets.US_ASCII));
          }
        };

    assertThat(fault(endless, Senders.PATIENCE)).isEqualTo(Fault.NO_HTTP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.9\r\n",
        "220 mail.example ESMTP\r\n\r\n",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
      })
  void whatIsNoHttpIsNoAnswer(String text) throws Exception {
    assertThat(fault(Answer.text(text), Senders.PATIENCE)).isEqualTo(Fault.NO_HTTP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 20",
        "HTTP/1.1 200 x\r\nX-Mo",
        "HTTP/1.1 200 x\r\nContent-Length: 5\r\n\r\nabc",
        "HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"
      })
  void anAnswerThatBreaksOffIsNone(String text) throws Exception {
    assertThat(fault(Answer.text(text), Senders.PATIENCE)).isEqualTo(Fault.CLOSED);
  }

  @Test
  void aTargetThatKeepsSilentHoldsNobodyLonger() {
    Answer silent = (request, out) -> Thread.sleep(Duration.ofMinutes(1));

    assertTimesOut(silent);
  }

  @Test
  void norDoesOneThatGoesOnDripping() {
    Answer dripping =
        (request, out) -> {
          out.write(
              "HTTP/1.1 200 x\r\nContent-Length: 99999\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
          while (true) {
            out.write('.');
            out.flush();
            Thread.sleep(20);
          }
        };

    assertTimesOut(dripping);
  }

  private static void assertTimesOut(Answer answer) {
    Fault last =
        Awaitility.await()
            .atMost(Senders.PATIENCE)
            .until(() -> fault(answer, SHORT), fault -> fault != Fault.NO_CONNECTION);
    assertThat(last).isEqualTo(Fault.TIMEOUT);
  }

  @Test
  void norANameThatNobodyResolves() throws Exception {
    try (GuardedSender sender = Senders.of(LOOPBACK, host -> new CompletableFuture<>(), SHORT)) {
      assertThat(Senders.send(sender, "https://hooks.example/"))
          .asInstanceOf(type(Failed.class))
          .extracting(Failed::fault)
          .isEqualTo(Fault.TIMEOUT);
    }
  }

  @Test
  void aCallHasFiveSeconds() {
    assertThat(GuardedSender.WITHIN).hasSeconds(5);
  }

  @Test
  void whereNobodyListensIsNoConnection() throws Exception {
    try (Socket bound = boundTo(LOOPBACK, 0);
        GuardedSender sender = Senders.allowing(LOOPBACK)) {
      assertThat(Senders.send(sender, "http://127.0.0.1:" + bound.getLocalPort()))
          .asInstanceOf(type(Failed.class))
          .extracting(Failed::fault)
          .isEqualTo(Fault.NO_CONNECTION);
    }
  }

  /** Holds the port, so that nobody else gets it, and accepts nothing. */
  private static Socket boundTo(String address, int port) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(address, port));
    return socket;
  }

  @Test
  void whenTheFirstAddressDoesNotAcceptTheNextIsTried() throws Exception {
    try (Receiver receiver = Receiver.start(Answer.status(200));
        Socket bound = boundTo("127.0.0.2", receiver.port());
        GuardedSender sender =
            Senders.of("127.0.0.0/8", Senders.answering("127.0.0.2", LOOPBACK), Senders.PATIENCE)) {
      assertThat(bound.isBound()).isTrue();
      assertThat(Senders.send(sender, "http://receiver:" + receiver.port()).isTaken()).isTrue();
      assertThat(receiver.requests().getFirst().header("Host"))
          .isEqualTo("receiver:" + receiver.port());
    }
  }

  @Test
  void aNameWithoutAddressIsToldSo() throws Exception {
    try (GuardedSender sender = Senders.allowing("")) {
      assertThat(Senders.send(sender, "https://hooks.example/"))
          .asInstanceOf(type(Failed.class))
          .extracting(Failed::fault)
          .isEqualTo(Fault.NO_ADDRESS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "content-length", "Transfer-Encoding", "CONNECTION", "Cookie"})
  void headersOfTheConnectionAreTheSendersOwn(String name) throws Exception {
    Target target = Target.of("https://hooks.example/");
    try (GuardedSender sender = Senders.allowing("")) {
      assertThatThrownBy(() -> sender.send(target, Map.of(name, "1"), Senders.BODY))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nHost: other", "a\nb", "a\u0000b"})
  void noHeaderBringsAnother(String value) throws Exception {
    Target target = Target.of("https://hooks.example/");
    try (GuardedSender sender = Senders.allowing("")) {
      assertThatThrownBy(() -> sender.send(target, Map.of("X-Type", value), Senders.BODY))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void afterItsEndNothingIsSent() throws Exception {
    try (Receiver receiver = Receiver.start(Answer.status(200))) {
      GuardedSender sender = Senders.allowing(LOOPBACK);
      sender.close();

      assertThat(Senders.send(sender, "http://127.0.0.1:" + receiver.port()))
          .asInstanceOf(type(Failed.class))
          .extracting(Failed::fault)
          .isEqualTo(Fault.STOPPED);
      assertThat(receiver.connections()).isZero();
    }
  }
}
