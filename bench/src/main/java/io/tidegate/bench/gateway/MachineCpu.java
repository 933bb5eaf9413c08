package io.tidegate.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time of this process and of the whole machine: whether somebody else disturbed a round. */
public final class MachineCpu {
  // Columns of the first line of /proc/stat, the word "cpu" being 0.
  private static final int USER = 1;
  private static final int IDLE = 4;
  private static final int IO_WAIT = 5;
  private static final int STEAL = 8;

  private MachineCpu() {}

  /** CPU seconds of the generator so far. */
  public static double ownSeconds() {
    return ProcFs.cpuSeconds(ProcessHandle.current().pid());
  }

  /** CPU seconds all cores were busy for processes of this machine, since it started. */
  public static double busySeconds() {
    String[] columns = firstLine().split("\\s+");
    double ticks = 0;
    for (int i = USER; i < STEAL; i++) {
      ticks += i == IDLE || i == IO_WAIT ? 0 : Double.parseDouble(columns[i]);
    }
    return ticks / ProcFs.TICKS_PER_SECOND;
  }

  private static String firstLine() {
    try {
      return Files.readString(Path.of("/proc/stat")).lines().findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
