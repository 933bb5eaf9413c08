package io.tidegate.webhook.send;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docs/webhooks.md}, as those read it who copy from it. */
final class ConsumersGuide {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private ConsumersGuide() {}

  static String text() throws IOException {
    return Files.readString(ROOT.resolve("docs/webhooks.md"));
  }

  static Path example() {
    return ROOT.resolve("examples/webhook-receiver");
  }

  /** The code of its only block in this language. */
  static String snippet(String language) throws IOException {
    Matcher block = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$").matcher(text());
    if (!block.find()) {
      throw new AssertionError("no code in " + language);
    }
    String code = block.group(1);
    if (block.find()) {
      throw new AssertionError("two blocks in " + language);
    }
    return code;
  }

  /** Whether this machine has the program. */
  static boolean hasProgram(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
