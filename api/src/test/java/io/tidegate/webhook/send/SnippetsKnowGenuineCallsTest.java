package io.tidegate.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The code that {@code docs/webhooks.md} gives to receivers, run against what the gateway signs, in
 * every language of which this machine has an interpreter.
 */
@SuppressWarnings("NullAway.Init")
final class SnippetsKnowGenuineCallsTest {
  private static final SigningSecret OLD =
      new SigningSecret("tgw_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG");
  private static final SigningSecret NEW =
      new SigningSecret("tgw_GFEDCBAzyxwvutsrqponmlkjihgfedcba9876543210");
  private static final SigningSecret OTHER =
      new SigningSecret("tgw_00000000000000000000000000000000000000000000");
  private static final byte[] BODY =
      "{\"id\":\"e1\",\"data\":\"ä\\n\u2028\"} ".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  /**
   * A language of the guide.
   *
   * @param name of its blocks there
   * @param program that runs it
   * @param snippet the file the snippet goes to
   * @param driver the file that asks it about each line of standard input: header, body and secret
   */
  private record Language(
      String name, String program, String snippet, String driver, String driverText) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Language> LANGUAGES =
      List.of(
          new Language(
              "js",
              "node",
              "verify.mjs",
              "driver.mjs",
              """
              import { readFileSync } from 'node:fs';
              import { isGenuine } from './verify.mjs';
              for (const line of readFileSync(0, 'utf8').split('\\n').slice(0, -1)) {
                const [header, body, secret] = line.split('\\t');
                console.log(isGenuine(header, Buffer.from(body, 'base64'), secret));
              }
              """),
          new Language(
              "python",
              "python3",
              "verify.py",
              "driver.py",
              """
              import base64, sys
              from verify import is_genuine
              for line in sys.stdin:
                  header, body, secret = line.rstrip("\\n").split("\\t")
                  print(str(is_genuine(header, base64.b64decode(body), secret)).lower())
              """),
          new Language(
              "php",
              "php",
              "verify.php",
              "driver.php",
              """
              <?php
              require __DIR__ . '/verify.php';
              foreach (explode("\\n", rtrim(stream_get_contents(STDIN), "\\n")) as $line) {
                  [$header, $body, $secret] = explode("\\t", $line);
                  echo is_genuine($header, base64_decode($body), $secret) ? "true\\n" : "false\\n";
              }
              """));

  /** Those that can be run here. */
  static Stream<Language> languages() {
    return LANGUAGES.stream().filter(each -> ConsumersGuide.hasProgram(each.program()));
  }

  /** What a receiver is called with, and what it is to make of it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Call(String header, byte[] body, SigningSecret secret, boolean genuine) {
    String line() {
      return header + "\t" + Base64.getEncoder().encodeToString(body) + "\t" + secret.text() + "\n";
    }
  }

  /** Made anew for each run: time goes on. What is near the bound is a minute or more from it. */
  private static Map<String, Call> calls() {
    Instant now = Instant.now();
    String signed = Signer.sign(now, BODY, List.of(OLD));
    String both = Signer.sign(now, BODY, List.of(OLD, NEW));
    String mac = signed.substring(signed.indexOf("v1="));
    String time = signed.substring(0, signed.indexOf(','));
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("one secret", new Call(signed, BODY, OLD, true));
    calls.put("rotating, known the old", new Call(both, BODY, OLD, true));
    calls.put("rotating, known the new", new Call(both, BODY, NEW, true));
    calls.put("four minutes ago", new Call(at(now.minusSeconds(200)), BODY, OLD, true));
    calls.put("clock ahead", new Call(at(now.plusSeconds(200)), BODY, OLD, true));
    calls.put(
        "an empty body",
        new Call(Signer.sign(now, new byte[0], List.of(OLD)), new byte[0], OLD, true));
    calls.put("what is not known", new Call("x=1," + signed + ",v2=abc,v1=", BODY, OLD, true));
    calls.put("a recording", new Call(at(now.minusSeconds(400)), BODY, OLD, false));
    calls.put("from the future", new Call(at(now.plusSeconds(600)), BODY, OLD, false));
    calls.put("another secret", new Call(both, BODY, OTHER, false));
    calls.put(
        "another body",
        new Call(signed, "{\"id\":\"e2\"}".getBytes(StandardCharsets.UTF_8), OLD, false));
    calls.put(
        "another time", new Call("t=" + (now.getEpochSecond() - 9) + "," + mac, BODY, OLD, false));
    calls.put("no header", new Call("", BODY, OLD, false));
    calls.put("no signature", new Call(time, BODY, OLD, false));
    calls.put("no time", new Call(mac, BODY, OLD, false));
    calls.put("an empty signature", new Call(time + ",v1=", BODY, OLD, false));
    calls.put(
        "half a signature", new Call(signed.substring(0, signed.length() - 32), BODY, OLD, false));
    calls.put("a longer signature", new Call(signed + "0", BODY, OLD, false));
    calls.put("another version", new Call(signed.replace("v1=", "v2="), BODY, OLD, false));
    calls.put("a time that is none", new Call("t=now," + mac, BODY, OLD, false));
    calls.put("a negative time", new Call("t=-1," + mac, BODY, OLD, false));
    calls.put("a huge time", new Call("t=" + "9".repeat(40) + "," + mac, BODY, OLD, false));
    calls.put("no ASCII", new Call(time + ",v1=ä\u0661", BODY, OLD, false));
    calls.put("digits of another script", new Call("t=\u0661\u0667," + mac, BODY, OLD, false));
    return calls;
  }

  private static String at(Instant when) {
    return Signer.sign(when, BODY, List.of(OLD));
  }

  private static Map<String, Boolean> expected(Map<String, Call> calls) {
    Map<String, Boolean> expected = new LinkedHashMap<>();
    calls.forEach((name, call) -> expected.put(name, call.genuine()));
    return expected;
  }

  @ParameterizedTest
  @MethodSource("languages")
  void genuineCallsAreToldFromOthers(Language language) throws Exception {
    Files.writeString(folder.resolve(language.snippet()), ConsumersGuide.snippet(language.name()));
    Files.writeString(folder.resolve(language.driver()), language.driverText());
    Map<String, Call> calls = calls();
    String lines = calls.values().stream().map(Call::line).collect(Collectors.joining());

    List<String> answers = run(language, lines);

    assertThat(answers).as("%s", answers).hasSize(calls.size());
    Map<String, Boolean> told = new LinkedHashMap<>();
    calls.keySet().forEach(name -> told.put(name, answers.get(told.size()).equals("true")));
    assertThat(told).isEqualTo(expected(calls));
  }

  private List<String> run(Language language, String lines)
      throws IOException, InterruptedException {
    Path input = Files.writeString(folder.resolve("calls"), lines);
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(language.program(), language.driver())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile());
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s ends", language).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(output);
    assertThat(process.exitValue()).as(said).isZero();
    return said.lines().toList();
  }

  @Test
  void javaTellsGenuineCallsFromOthers() throws Exception {
    CompiledSnippet snippet = CompiledSnippet.of(folder, ConsumersGuide.snippet("java"));
    Map<String, Call> calls = calls();
    Map<String, Boolean> told = new LinkedHashMap<>();
    calls.forEach(
        (name, call) ->
            told.put(name, snippet.isGenuine(call.header(), call.body(), call.secret().text())));

    assertThat(told).isEqualTo(expected(calls));
    assertThat(snippet.isGenuine(null, BODY, OLD.text())).isFalse();
  }

  @Test
  void theExampleHasTheSameCode() throws Exception {
    assertThat(Files.readString(ConsumersGuide.example().resolve("verify.mjs")))
        .isEqualTo(ConsumersGuide.snippet("js"));
  }
}
