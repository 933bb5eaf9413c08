package io.tidegate.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How PostgreSQL's programs are started: they refuse to run as root. Root steps into a user
 * namespace of its own (files stay root's), or, where that is forbidden as in many containers,
 * becomes {@code nobody} (files are handed over).
 *
 * @param prefix what stands before the command
 * @param owner the numeric user that files are handed to; -1 when they stay as they are
 */
record RunAs(List<String> prefix, int owner) {
  private static final int NOBODY = 65_534;
  private static final int KEEP = -1;

  static RunAs detect() throws IOException {
    if (!isRoot()) {
      return new RunAs(List.of(), KEEP);
    }
    if (isUnprivileged(List.of("unshare", "-U"))) {
      return new RunAs(List.of("unshare", "-U"), 0);
    }
    List<String> nobody =
        List.of(
            "setpriv",
            "--reuid=" + NOBODY,
            "--regid=" + NOBODY,
            "--clear-groups",
            "--no-new-privs");
    if (isUnprivileged(nobody)) {
      return new RunAs(nobody, NOBODY);
    }
    throw new DatabaseStartException(
        "PostgreSQL does not run as root and neither unshare nor setpriv works here;"
            + " start the gateway as another user.");
  }

  private static boolean isRoot() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self)
        ? Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"))
        : "root".equals(System.getProperty("user.name"));
  }

  private static boolean isUnprivileged(List<String> prefix) {
    try {
      Process process =
          new ProcessBuilder(Stream.concat(prefix.stream(), Stream.of("id", "-u")).toList())
              .redirectErrorStream(true)
              .start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      return process.waitFor(5, TimeUnit.SECONDS)
          && process.exitValue() == 0
          && !answer.equals("0");
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  List<String> command(String... words) {
    return Stream.concat(prefix.stream(), Stream.of(words)).toList();
  }

  /** Hands a file or a whole folder to the user that PostgreSQL runs as. */
  void own(Path path) throws IOException {
    if (owner == KEEP
        || !Files.exists(path)
        || Integer.valueOf(owner).equals(Files.getAttribute(path, "unix:uid"))) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(path)) {
      all = walk.toList();
    }
    // The root of the tree last: only when it is done is the whole tree known to be.
    for (Path each : all.reversed()) {
      Files.setAttribute(each, "unix:uid", owner, java.nio.file.LinkOption.NOFOLLOW_LINKS);
    }
  }
}
