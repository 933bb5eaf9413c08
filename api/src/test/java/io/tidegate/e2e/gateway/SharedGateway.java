package io.tidegate.e2e.gateway;

import io.tidegate.TestContext;
import io.tidegate.TestGateway;

/** The gateway of this JVM, for tests that need no process: each makes a tenant of its own. */
public final class SharedGateway implements Target {
  private static final SharedGateway SHARED = new SharedGateway();

  private final TestGateway gateway = TestGateway.start("e2e");

  private SharedGateway() {}

  public static Target target() {
    return SHARED;
  }

  /** What only a test in this JVM may see. */
  public static <T> T bean(Class<T> type) {
    return SHARED.gateway.bean(type);
  }

  @Override
  public int port() {
    return gateway.gateway().port();
  }

  @Override
  public String operatorToken() {
    return TestContext.OPERATOR_TOKEN;
  }
}
