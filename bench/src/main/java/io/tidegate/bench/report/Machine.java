package io.tidegate.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where it ran. Figures of two machines compare as ratios only.
 *
 * @param cores the JVM may use
 * @param processor model name
 * @param memoryGb of the machine
 * @param kernel release
 * @param jdk of generator and gateway
 */
public record Machine(int cores, String processor, long memoryGb, String kernel, String jdk) {
  /** This one. */
  public static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        after("/proc/cpuinfo", "model name"),
        Long.parseLong(after("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024 / 1024,
        read("/proc/sys/kernel/osrelease").strip(),
        System.getProperty("java.vm.name") + " " + Runtime.version());
  }

  /** One line. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%d cores (%s), %d GB, Linux %s, %s; generator and gateway share them",
        cores,
        processor,
        memoryGb,
        kernel,
        jdk);
  }

  private static String after(String file, String field) {
    return read(file)
        .lines()
        .filter(line -> line.startsWith(field))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("0");
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
