package io.tidegate.guard;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many lines the process's file descriptors are enough for. */
final class Descriptors {
  /**
   * Kept back behind those in use when this is asked, which is before the database's pools and the
   * event loops have theirs (about 60); files, logs, metrics and health are opened meanwhile, and
   * io_uring accepts some more before this process sees the first of them.
   */
  private static final int SPARE = 192;

  /** So many are let in however few there are: else nothing works, and nobody sees why. */
  private static final int LEAST = 16;

  private Descriptors() {}

  /** As the process stands now, before it has any line. */
  static int linesAtMost() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? linesAtMost(system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount())
        : Integer.MAX_VALUE;
  }

  static int linesAtMost(long all, long inUse) {
    return all <= 0 ? Integer.MAX_VALUE : (int) Math.clamp(all - inUse - SPARE, LEAST, 1 << 30);
  }
}
