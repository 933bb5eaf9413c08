package io.tidegate.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** {@code examples/webhook-receiver}, called as the gateway calls it. */
@EnabledIf("hasNode")
@SuppressWarnings("NullAway.Init")
final class ReceiverExampleTest {
  private static final SigningSecret SECRET =
      new SigningSecret("tgw_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG");
  private static final SigningSecret OTHER =
      new SigningSecret("tgw_00000000000000000000000000000000000000000000");

  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  private Process process;
  private GuardedSender sender;
  private String url;

  static boolean hasNode() {
    return ConsumersGuide.hasProgram("node");
  }

  @BeforeEach
  void start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("node", "receiver.mjs")
            .directory(ConsumersGuide.example().toFile())
            .redirectErrorStream(true);
    builder.environment().put("WEBHOOK_SECRET", SECRET.text());
    builder.environment().put("PORT", "0");
    process = builder.start();
    Thread.ofVirtual().start(this::listen);
    String begun = "listening on ";
    Awaitility.await()
        .atMost(Senders.PATIENCE)
        .until(() -> said.stream().anyMatch(line -> line.startsWith(begun)));
    url = said.remove().substring(begun.length());
    sender = Senders.allowing("127.0.0.1");
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(said::add);
    } catch (IOException e) {
      said.add(e.toString());
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    sender.close();
    process.destroy();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  private int call(String body, SigningSecret secret) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Outcome outcome =
        sender.send(
            Target.of(url),
            Map.of(Signer.HEADER, Signer.sign(Instant.now(), bytes, List.of(secret))),
            bytes);
    assertThat(outcome).isInstanceOf(Outcome.Answered.class);
    return ((Outcome.Answered) outcome).status();
  }

  private static String event(String id) {
    return "{\"id\":\"" + id + "\",\"type\":\"channel.occupied\",\"data\":{\"channel\":\"ä\"}}";
  }

  @Test
  void everyGenuineEventIsPrintedOnce() throws Exception {
    assertThat(call(event("e1"), SECRET)).isEqualTo(204);
    assertThat(call(event("e1"), SECRET)).isEqualTo(204);
    assertThat(call("[" + event("e1") + "," + event("e2") + "]", SECRET)).isEqualTo(204);
    assertThat(call(event("e3"), SECRET)).isEqualTo(204);

    Awaitility.await().atMost(Senders.PATIENCE).until(() -> said.contains(event("e3")));
    assertThat(said).containsExactly(event("e1"), event("e2"), event("e3"));
  }

  @Test
  void whatIsNotGenuineOrNoEventIsRefusedAndNotPrinted() throws Exception {
    assertThat(call(event("e1"), OTHER)).isEqualTo(401);
    assertThat(call("no JSON", SECRET)).isEqualTo(400);
    assertThat(call("null", SECRET)).isEqualTo(400);
    assertThat(call("{\"id\":1}", SECRET)).isEqualTo(400);
    assertThat(call(event("e2"), SECRET)).isEqualTo(204);

    Awaitility.await().atMost(Senders.PATIENCE).until(() -> !said.isEmpty());
    assertThat(said).containsExactly(event("e2"));
  }
}
