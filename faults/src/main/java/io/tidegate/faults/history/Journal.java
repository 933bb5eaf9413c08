package io.tidegate.faults.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What all clients of one run recorded, a line for each event. Any thread. */
public final class Journal implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter WRITER = JSON.writerFor(Event.class);
  private static final ObjectReader READER = JSON.readerFor(Event.class);

  private final long begin = System.nanoTime();

  /** Guarded by this. */
  private final BufferedWriter out;

  /** Guarded by this. */
  private boolean closed;

  /** Begins an empty one. */
  public Journal(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    this.out = Files.newBufferedWriter(file);
  }

  /** Ms since the run began. */
  public long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  /** Keeps one; what comes after the end is nobody's. */
  public void add(Event event) {
    String line;
    try {
      line = WRITER.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    synchronized (this) {
      if (closed) {
        return;
      }
      try {
        out.write(line);
        out.newLine();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    out.close();
  }

  /** All events of a file, in the order in which they were recorded. */
  public static List<Event> read(Path file) throws IOException {
    List<Event> events = new ArrayList<>();
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        events.add(READER.readValue(line));
      }
    }
    return events;
  }
}
