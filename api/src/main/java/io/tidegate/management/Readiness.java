package io.tidegate.management;

import jakarta.inject.Singleton;

/** Whether the node takes traffic: not before it is warm, and not while it drains. */
@Singleton
public final class Readiness {
  private volatile boolean ready;

  public boolean isReady() {
    return ready;
  }

  public void up() {
    ready = true;
  }

  public void down() {
    ready = false;
  }
}
