package io.tidegate.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code postmaster.pid} says (PostgreSQL's {@code pidfile.h}): line 1 the process, line 8 its
 * state once it accepts connections.
 */
record PidFile(long pid, boolean ready) {
  static final PidFile NONE = new PidFile(-1, false);

  private static final int STATUS_LINE = 7;

  static PidFile read(Path cluster) throws IOException {
    try {
      List<String> lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
      if (lines.isEmpty()) {
        return NONE;
      }
      boolean ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
      return new PidFile(Long.parseLong(lines.getFirst().strip()), ready);
    } catch (NoSuchFileException notRunning) {
      return NONE;
    } catch (NumberFormatException halfWritten) {
      return NONE;
    }
  }
}
