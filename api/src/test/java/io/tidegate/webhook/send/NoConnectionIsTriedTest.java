package io.tidegate.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.webhook.dns.Resolver;
import io.tidegate.webhook.send.Outcome.Answered;
import io.tidegate.webhook.send.Outcome.Refused;
import io.tidegate.webhook.send.Receiver.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of a target that is refused no packet leaves: not even a socket is made for it. Here it is the
 * sender itself that is watched, so that it holds for addresses, too, at which no test can listen.
 */
final class NoConnectionIsTriedTest {
  private final AtomicInteger tried = new AtomicInteger();

  private void assertNotTried(String url, Resolver names) {
    for (String allow : List.of("", "192.168.77.0/24 hooks.internal", "127.0.0.1")) {
      try (GuardedSender sender = Senders.counting(tried, allow, names)) {
        Outcome outcome = sender.send(Target.of(url), Map.of(), Senders.BODY);
        assertThat(outcome).as("%s where '%s' is open", url, allow).isInstanceOf(Refused.class);
      } catch (ForbiddenTarget refused) {
        assertThat(refused.reason()).hasLineCount(1);
      }
      assertThat(tried).as("%s where '%s' is open", url, allow).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.2",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "169.254.170.2",
        "100.100.100.200",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "[::1]",
        "[::]",
        "[::ffff:10.0.0.1]",
        "[::ffff:a00:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:169.254.169.254]",
        "[::10.0.0.1]",
        "[64:ff9b::10.0.0.1]",
        "[2002:a00:1::]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[fe80::1%25lo]",
        "[fd00::1]",
        "2130706433",
        "167772161",
        "2852039166",
        "0x7f000001",
        "0xa9fea9fe",
        "0xa.0.0.1",
        "017700000001",
        "012.0.0.1",
        "0177.0.0.1",
        "0251.0376.0251.0376",
        "127.1",
        "10.1",
        "169.254.43518"
      })
  void toWhatIsNotPublicHoweverItIsWritten(String host) {
    for (String scheme : List.of("https", "http")) {
      for (String port : List.of("", ":8443")) {
        assertNotTried(scheme + "://" + host + port + "/", Senders.answering("8.8.8.8"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.2",
        "10.0.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.100.100.200",
        "0.0.0.0",
        "::1",
        "fe80::1",
        "fd00::1",
        "64:ff9b::a00:1"
      })
  void toANameWithOneAddressAmongOthersThatIsNot(String address) {
    assertNotTried("https://hooks.example/", Senders.answering(address));
    assertNotTried("https://hooks.example/", Senders.answering("8.8.8.8", address));
    assertNotTried("https://hooks.example/", Senders.answering(address, "8.8.8.8"));
  }

  @Test
  void toWhereARedirectPoints() throws Exception {
    for (String place :
        List.of("http://169.254.169.254/latest/meta-data/", "https://10.0.0.1/", "//[::1]/", "/")) {
      String redirect = "HTTP/1.1 307 x\r\nLocation: " + place + "\r\nContent-Length: 0\r\n\r\n";
      tried.set(0);
      try (Receiver receiver = Receiver.start(Answer.text(redirect));
          GuardedSender sender = Senders.counting(tried, "127.0.0.1", Senders.nobody())) {
        Outcome outcome = Senders.send(sender, "http://127.0.0.1:" + receiver.port());
        assertThat(outcome).isInstanceOf(Answered.class);
        assertThat(((Answered) outcome).status()).isEqualTo(307);
        assertThat(receiver.connections()).isOne();
      }
      assertThat(tried).as(place).hasValue(1);
    }
  }
}
