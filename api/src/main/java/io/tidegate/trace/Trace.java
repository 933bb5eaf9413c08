package io.tidegate.trace;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One sampled request. Facts are names and numbers that our logs tell too, nothing else. */
public interface Trace {
  /** 32 hex digits: what a log line names the trace by. */
  String id();

  /** This request as the parent of what another node does for it. */
  String traceparent();

  /**
   * A unit of the request sets out for the store.
   *
   * @param messages how many it has
   */
  UnitTrace unit(String durability, int messages);

  /**
   * The request is answered; told once.
   *
   * @param facts texts and whole numbers by name
   * @param error what the gateway failed with, null when it did not
   */
  void end(String name, Map<String, ?> facts, @Nullable String error);
}
