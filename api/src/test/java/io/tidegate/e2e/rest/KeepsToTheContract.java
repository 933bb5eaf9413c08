package io.tidegate.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test fails when anything that was said on the wire breaks the contract. */
public final class KeepsToTheContract implements AfterEachCallback, AfterAllCallback {
  @Override
  public void afterEach(ExtensionContext context) {
    assertThat(Judge.takeViolations()).as("violations of the contract").isEmpty();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    assertThat(Judge.takeViolations()).as("violations of the contract").isEmpty();
  }
}
