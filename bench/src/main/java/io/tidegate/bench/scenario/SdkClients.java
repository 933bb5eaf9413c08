package io.tidegate.bench.scenario;

import io.tidegate.sdk.Tidegate;
import io.tidegate.sdk.TidegateBuilder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Clients of sdk-java for the app of a lab. */
final class SdkClients {
  private final Lab lab;

  SdkClients(Lab lab) {
    this.lab = lab;
  }

  /** A backend, with the key. */
  TidegateBuilder backend() {
    String basic = lab.app().keyAuthorization().substring("Basic ".length());
    String key = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
    return gateway().key(key);
  }

  /** A client, with the token. */
  TidegateBuilder client() {
    return gateway().token(lab.app().tokenAuthorization().substring("Bearer ".length()));
  }

  private TidegateBuilder gateway() {
    InetSocketAddress at = lab.nodes().getFirst().address();
    return Tidegate.builder().url("http://" + at.getHostString() + ":" + at.getPort());
  }
}
