package io.tidegate.e2e.gateway;

import java.net.URI;

/** A running gateway, wherever it runs. */
public interface Target {
  int port();

  String operatorToken();

  default URI uri(String pathAndQuery) {
    return URI.create("http://127.0.0.1:" + port() + pathAndQuery);
  }

  default URI socket(String pathAndQuery) {
    return URI.create("ws://127.0.0.1:" + port() + pathAndQuery);
  }
}
