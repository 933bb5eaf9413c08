package io.tidegate.scenarios;

import io.tidegate.scenarios.stage.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program of a test's own, and all that it has printed. */
final class Told implements AutoCloseable {
  private final Process process;
  private final StringBuffer printed = new StringBuffer();

  Told(List<String> command, Path folder, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("TIDEGATE_"));
    builder.environment().putAll(environment);
    process = builder.redirectErrorStream(true).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        printed.append(line).append('\n');
      }
    } catch (IOException ended) {
      printed.append(ended).append('\n');
    }
  }

  /** Waits until it has printed this; answers the first group. */
  String await(String pattern) throws InterruptedException {
    Pattern wanted = Pattern.compile(pattern);
    Patience.until(() -> wanted.matcher(printed).find() || !process.isAlive());
    Matcher found = wanted.matcher(printed);
    if (!found.find()) {
      throw new AssertionError("it has not printed " + pattern + ":\n" + printed);
    }
    return found.groupCount() == 0 ? found.group() : found.group(1);
  }

  /** One line to its standard input. */
  void tell(String line) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(60, java.util.concurrent.TimeUnit.SECONDS).join();
  }
}
