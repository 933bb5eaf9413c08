package io.tidegate.sdk;

/** What was registered; closing it ends it, twice is once. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
  @Override
  void close();
}
