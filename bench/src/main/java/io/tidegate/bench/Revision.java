package io.tidegate.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Which sources are measured. */
public final class Revision {
  private Revision() {}

  /** The commit, with {@code +} when files differ from it; {@code unknown} outside a work tree. */
  public static String here() throws InterruptedException {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty=+", "--exclude=*")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String out = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor() == 0 ? out : "unknown";
    } catch (IOException e) {
      return "unknown";
    }
  }
}
