package io.tidegate.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.tidegate.e2e.gateway.TestCertificate;
import io.tidegate.webhook.dns.Resolver;
import io.tidegate.webhook.send.Outcome.Failed;
import io.tidegate.webhook.send.Outcome.Fault;
import io.tidegate.webhook.send.Receiver.Answer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The connection goes to an address; who must be there is who the URL names. */
final class TlsIsWithTheNameTest {
  /** For {@code localhost} and 127.0.0.1. */
  private static final TestCertificate CERTIFICATE = TestCertificate.make("EC");

  private static final Resolver HERE = Senders.answering("127.0.0.1");
  private static final String ALLOW = "127.0.0.0/8";

  private static void refused(TestCertificate trusted, String at, String host) throws Exception {
    try (Receiver receiver = Receiver.secure(at, CERTIFICATE, Answer.status(200));
        GuardedSender sender = Senders.trusting(trusted, ALLOW, HERE)) {
      assertThat(Senders.send(sender, "https://" + host + ":" + receiver.port()))
          .asInstanceOf(type(Failed.class))
          .extracting(Failed::fault)
          .isEqualTo(Fault.TLS);
      assertThat(receiver.requests()).isEmpty();
    }
  }

  @Test
  void theHostIsAskedForByNameAtTheCheckedAddress() throws Exception {
    try (Receiver receiver = Receiver.secure("127.0.0.1", CERTIFICATE, Answer.status(200));
        GuardedSender sender = Senders.trusting(CERTIFICATE, ALLOW, HERE)) {
      Outcome outcome = Senders.send(sender, "https://localhost:" + receiver.port() + "/in");

      assertThat(outcome.isTaken()).as("%s", outcome).isTrue();
      assertThat(receiver.askedFor()).containsExactly("localhost");
      assertThat(receiver.requests().getFirst().header("Host"))
          .isEqualTo("localhost:" + receiver.port());
    }
  }

  @Test
  void anAddressInTheUrlMustBeInTheCertificate() throws Exception {
    try (Receiver receiver = Receiver.secure("127.0.0.1", CERTIFICATE, Answer.status(200));
        GuardedSender sender = Senders.trusting(CERTIFICATE, ALLOW, Senders.nobody())) {
      Outcome outcome = Senders.send(sender, "https://127.0.0.1:" + receiver.port());

      assertThat(outcome.isTaken()).as("%s", outcome).isTrue();
      assertThat(receiver.askedFor()).isEmpty();
    }
    refused(CERTIFICATE, "127.0.0.2", "127.0.0.2");
  }

  @Test
  void aCertificateForAnotherNameEndsIt() throws Exception {
    refused(CERTIFICATE, "127.0.0.1", "hooks.example");
  }

  @Test
  void soDoesOneThatNobodyVouchesFor() throws Exception {
    refused(TestCertificate.make("EC"), "127.0.0.1", "localhost");
  }

  /** It takes the first message of TLS for the beginning of a head, and waits for its end. */
  @Test
  void soDoesWhoSpeaksNoTls() throws Exception {
    try (Receiver receiver = Receiver.start(Answer.status(200));
        GuardedSender sender = Senders.of(ALLOW, HERE, Duration.ofSeconds(1))) {
      Failed failed =
          Awaitility.await()
              .atMost(Senders.PATIENCE)
              .until(
                  () -> (Failed) Senders.send(sender, "https://localhost:" + receiver.port()),
                  told -> told.fault() != Fault.NO_CONNECTION);
      assertThat(failed.fault()).isEqualTo(Fault.TIMEOUT);
      assertThat(receiver.requests()).isEmpty();
    }
  }
}
