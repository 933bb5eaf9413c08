package io.tidegate.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.hook.HookFixture.AnyChange;
import io.tidegate.webhook.send.GuardedSender;
import io.tidegate.webhook.send.Senders;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The receiver of {@code docs/hooks.md} decides, as those who copy it expect. */
@EnabledIf("hasNode")
class HooksGuideTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String BEGUN = "listening on ";

  static boolean hasNode() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, "node")));
  }

  @Test
  void theReceiverAllowsRefusesAndKnowsGenuineCalls(@TempDir Path folder) throws Exception {
    Process process = start(folder);
    try (GuardedSender sender = Senders.allowing("127.0.0.1")) {
      HookCalls calls = new HookCalls(sender::send, HookFixture.PATIENT, InstantSource.system());
      String url = "http://127.0.0.1:" + port(process) + "/";
      Hook hook = HookFixture.publish(UUID.randomUUID(), url, Duration.ofSeconds(1));

      assertThat(calls.ask(hook, message("hello"), new AnyChange()))
          .isEqualTo(new Verdict.Allowed<Object>());
      assertThat(calls.ask(hook, message("see https://x"), new AnyChange()))
          .isEqualTo(new Verdict.Refused<Object>("no links here"));
    } finally {
      process.destroy();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static Inquiry message(String data) {
    return new Inquiry("room", "{\"messages\":[{\"id\":\"m\",\"data\":\"" + data + "\"}]}");
  }

  private static Process start(Path folder) throws IOException {
    Matcher code =
        Pattern.compile("(?ms)^```js\\n(.*?)^```$")
            .matcher(Files.readString(ROOT.resolve("docs/hooks.md")));
    assertThat(code.find()).isTrue();
    Files.writeString(folder.resolve("receiver.mjs"), code.group(1));
    Files.copy(ROOT.resolve("examples/webhook-receiver/verify.mjs"), folder.resolve("verify.mjs"));
    ProcessBuilder builder =
        new ProcessBuilder("node", "receiver.mjs")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("SECRET", HookFixture.SECRET.text());
    builder.environment().put("PORT", "0");
    return builder.start();
  }

  private static String port(Process process) throws IOException {
    BufferedReader lines = process.inputReader();
    String first = lines.readLine();
    assertThat(first).startsWith(BEGUN);
    return first.substring(BEGUN.length());
  }
}
