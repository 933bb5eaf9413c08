package io.tidegate.scenarios.stage;

/** An app of one run's own: a key of it, and its backend. */
public record Tenant(Key key, Backend backend) implements AutoCloseable {
  @Override
  public void close() {
    backend.close();
  }
}
