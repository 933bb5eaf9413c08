package io.tidegate.e2e.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.WireTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The matrix goes on behind the handshake: each frame needs the right it asks for. */
@WireTest
final class FramesNeedRightsTest {
  private final Holders holders = new Holders(SharedGateway.target());

  @TestFactory
  Stream<DynamicTest> noFrameDoesMoreThanIsGranted() {
    return holders.withoutRights().stream()
        .map(
            attempt ->
                dynamicTest(
                    attempt.who(),
                    () -> {
                      try (WebSocketClient client =
                          WebSocketClient.open(holders.target, attempt.credential())) {
                        client.frames().await("connected");
                        client.subscribe("room");
                        client.publish("room", "{\"data\":\"mine\"}");
                        client.frames().await("error", 2);
                        client.ping();

                        assertThat(client.frames().ofType("error"))
                            .extracting(error -> error.path("code").asInt())
                            .containsExactly(40301, 40301);
                        assertThat(client.frames().ofType("message")).isEmpty();
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> noOtherTokenOpensInTheFirstFrame() {
    return holders.lapsedTokens().stream()
        .map(
            attempt ->
                dynamicTest(
                    attempt.who(),
                    () -> {
                      String header = String.valueOf(attempt.credential().authorization());
                      try (WebSocketClient client =
                          WebSocketClient.open(holders.target, Credential.NONE)) {
                        client.auth(header.substring("Bearer ".length()));

                        assertThat(client.frames().await("error").path("code").asInt())
                            .isIn(attempt.codes());
                        assertThat(client.closeCode()).isBetween(4000, 4299);
                        assertThat(client.frames().ofType("connected")).isEmpty();
                      }
                    }));
  }
}
