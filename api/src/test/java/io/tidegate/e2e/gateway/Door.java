package io.tidegate.e2e.gateway;

import io.tidegate.TestContext;
import io.tidegate.TestGateway;
import java.net.URI;

/** A gateway of this JVM by one of its ports, or by a proxy's in front of it. */
public record Door(int port, boolean tls) implements Target {
  /** Straight to a gateway of the test's own. */
  public static Door of(TestGateway gateway) {
    return new Door(gateway.gateway().port(), false);
  }

  @Override
  public String operatorToken() {
    return TestContext.OPERATOR_TOKEN;
  }

  @Override
  public URI uri(String pathAndQuery) {
    return URI.create((tls ? "https" : "http") + "://127.0.0.1:" + port + pathAndQuery);
  }

  @Override
  public URI socket(String pathAndQuery) {
    return URI.create((tls ? "wss" : "ws") + "://127.0.0.1:" + port + pathAndQuery);
  }
}
