package io.tidegate.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The port to whoever collects traces. Never waits, never throws. */
public interface Traces extends AutoCloseable {
  /** The header that carries a caller's trace (W3C Trace Context, section 3.2). */
  String HEADER = "traceparent";

  /** Nothing is traced, nothing is made. */
  Traces OFF =
      new Traces() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public @Nullable String parent(List<String> header) {
          return null;
        }

        @Override
        public @Nullable Trace begin(@Nullable String parent) {
          return null;
        }

        @Override
        public long spans() {
          return 0;
        }

        @Override
        public long exported() {
          return 0;
        }

        @Override
        public void close() {}
      };

  boolean isOn();

  /** The caller's trace, when the header is there once and well formed; else null. */
  @Nullable String parent(List<String> header);

  /**
   * A request begins.
   *
   * @param parent as {@link #parent} gave it; null: the request is the first of its trace
   * @return null when this request is not traced
   */
  @Nullable Trace begin(@Nullable String parent);

  /** Spans made since the start. */
  long spans();

  /** Spans that the collector has taken. */
  long exported();

  /** Hands over what is left, within a few seconds. */
  @Override
  void close();
}
