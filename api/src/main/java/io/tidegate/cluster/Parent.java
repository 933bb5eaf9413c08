package io.tidegate.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The process that started this one, such as {@code make}. At SIGINT that waits for its recipe,
 * which it takes to have got the signal too; when only {@code make} was told, nobody else would
 * ever stop. While it waits it no longer catches the signal (GNU make, {@code fatal_error_signal}),
 * which Linux shows in {@code /proc}.
 */
final class Parent {
  /** In masks of signals, number n is bit n - 1. */
  private static final long SIGINT = 1L << 1;

  private static final String CAUGHT = "SigCgt:";

  private final Optional<ProcessHandle> handle = ProcessHandle.current().parent();
  private final boolean caughtInt = catchesInt();

  /** Whether it has gone, or was told to stop. */
  boolean isOver() {
    return handle.filter(ProcessHandle::isAlive).isEmpty() || (caughtInt && !catchesInt());
  }

  private boolean catchesInt() {
    if (handle.isEmpty()) {
      return false;
    }
    try {
      List<String> status = Files.readAllLines(Path.of("/proc/" + handle.get().pid() + "/status"));
      return status.stream()
          .filter(line -> line.startsWith(CAUGHT))
          .map(line -> line.substring(CAUGHT.length()).strip())
          .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & SIGINT) != 0);
    } catch (IOException e) {
      // No Linux, or it has just gone.
      return false;
    }
  }
}
