package io.tidegate;

import io.micronaut.runtime.Micronaut;

/** The gateway process. */
public final class Application {
  private Application() {}

  public static void main(String[] args) {
    Micronaut.run(Application.class, args);
  }
}
