package io.tidegate.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Linux tells about a process, from proc(5). */
final class ProcFs {
  /** USER_HZ, the unit of times in {@code stat}: 100 on every platform the kernel still has. */
  static final double TICKS_PER_SECOND = 100;

  private static final Path PROC = Path.of("/proc");

  // Fields of stat counted after the command name, which may hold blanks: state is 0.
  private static final int PARENT = 1;
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  private ProcFs() {}

  /** CPU seconds of all threads of a process, so far. */
  static double cpuSeconds(long pid) {
    String[] stat = stat(pid).orElseThrow(() -> new IllegalStateException("no process " + pid));
    return (Long.parseLong(stat[USER]) + Long.parseLong(stat[SYSTEM])) / TICKS_PER_SECOND;
  }

  /** CPU seconds of a process, of its children that live and of those it has waited for. */
  static double cpuSecondsWithChildren(long pid) {
    String[] stat = stat(pid).orElseThrow(() -> new IllegalStateException("no process " + pid));
    double ended =
        (Long.parseLong(stat[CHILDREN_USER]) + Long.parseLong(stat[CHILDREN_SYSTEM]))
            / TICKS_PER_SECOND;
    double living = 0;
    for (long child : children(pid)) {
      living +=
          stat(child)
              .map(s -> (Long.parseLong(s[USER]) + Long.parseLong(s[SYSTEM])) / TICKS_PER_SECOND)
              .orElse(0.0);
    }
    return cpuSeconds(pid) + ended + living;
  }

  /** Resident bytes of a process. */
  static long residentBytes(long pid) {
    for (String line : lines(PROC.resolve(Long.toString(pid)).resolve("status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IllegalStateException("no VmRSS of process " + pid);
  }

  /** Open files and sockets of a process. */
  static int descriptors(long pid) {
    try (Stream<Path> open = Files.list(PROC.resolve(Long.toString(pid)).resolve("fd"))) {
      return (int) open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Threads of a process, those of the JVM itself too; virtual ones are none. */
  static int threads(long pid) {
    try (Stream<Path> running = Files.list(PROC.resolve(Long.toString(pid)).resolve("task"))) {
      return (int) running.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Long> children(long pid) {
    String parent = Long.toString(pid);
    List<Long> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(PROC)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        String name = entry.getFileName().toString();
        if (Character.isDigit(name.charAt(0))) {
          long other = Long.parseLong(name);
          if (stat(other).filter(s -> s[PARENT].equals(parent)).isPresent()) {
            found.add(other);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static Optional<String[]> stat(long pid) {
    try {
      String text = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
      return Optional.of(text.substring(text.lastIndexOf(')') + 2).split(" ", -1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
