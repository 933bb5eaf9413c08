package io.tidegate.metalog;

import io.tidegate.channel.AppId;
import java.util.List;

/** Where events go: into the app's channel {@code [meta]log}, so to every node and transport. */
@FunctionalInterface
public interface LogSink {
  /** Events in their order, 1 to 100. May wait; what fails is lost, and said by the log's seqs. */
  void write(AppId app, List<LogEvent> events);
}
