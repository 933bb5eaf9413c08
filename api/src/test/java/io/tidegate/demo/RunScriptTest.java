package io.tidegate.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.Needed;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's counters stay 0 because nothing is amiss, not because they cannot count. */
final class RunScriptTest {
  /** Frames as {@code <first letter of the type><seq>}; {@code r} is a resumed subscription. */
  private static final String PLAY =
      """
      const tally = new Tally();
      const run = new Run(tally);
      for (const [type, ...digits] of process.env.FRAMES.split(' ')) {
        const frame = { epoch: 'e', seq: Number(digits.join('')), resumed: type === 'r' };
        if (type === 's' || type === 'r') run.subscribed(frame);
        if (type === 'm') run.message(frame);
        if (type === 'k') run.skipped(frame);
        if (type === 'd') run.discontinuity(frame);
      }
      const { received, gaps, duplicates, jumps, resumes } = tally;
      console.log([run.position.seq, received, gaps, duplicates, jumps, resumes].join(' '));
      """;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "s3 m4 m5                 | 5 2 0 0 0 0 | nothing amiss",
        "s3 m4 k5 m6              | 6 2 0 0 0 0 | one was not for us",
        "s3 m4 r4 m5              | 5 2 0 0 0 1 | resumed",
        "s3 m4 r4 m6              | 6 2 1 0 0 1 | resumed too late",
        "s3 m4 m5 r5 m5 m6        | 6 3 0 1 0 1 | resumed too early",
        "s3 m4 m8                 | 8 2 3 0 0 0 | three lost",
        "s3 m4 d8 m9              | 9 2 0 0 1 0 | three lost, as announced",
        "s3 m4 s9 m10             | 10 2 0 0 1 0 | begun anew, as announced"
      })
  void gapsAndDuplicatesAreCountedAndAnnouncedJumpsAreNot(String frames, String counted, String why)
      throws IOException, InterruptedException {
    assertThat(play(frames)).as(why).isEqualTo(counted);
  }

  private static String play(String frames) throws IOException, InterruptedException {
    String node = Needed.program("node").toString();
    ProcessBuilder builder =
        new ProcessBuilder(node, "--input-type=module", "-").redirectErrorStream(true);
    builder.environment().put("FRAMES", frames);
    Process process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write((script("run.js") + PLAY).getBytes(UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static String script(String name) throws IOException {
    try (InputStream in = RunScriptTest.class.getResourceAsStream("/demo/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
  }
}
