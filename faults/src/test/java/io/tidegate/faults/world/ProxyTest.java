package io.tidegate.faults.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Before a server that answers what it was sent when the client has said goodbye. */
class ProxyTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int CONNECTIONS = 200;

  private final ServerSocket server;
  private final Proxy proxy;

  ProxyTest() throws IOException {
    server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    proxy = new Proxy(server.getLocalPort());
    Thread.ofVirtual().start(this::serve);
  }

  private void serve() {
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          socket.getOutputStream().write(socket.getInputStream().readAllBytes());
        }
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void everyByteArrivesAndNoDescriptorStaysWhenBothSidesHaveSaidGoodbye() throws Exception {
    byte[] sent = new byte[100_000];
    exchange(sent);
    long before = descriptors();
    for (int i = 0; i < CONNECTIONS; i++) {
      exchange(sent);
    }
    Instant end = Instant.now().plus(PATIENCE);
    while (descriptors() > before + CONNECTIONS / 4 && Instant.now().isBefore(end)) {
      Thread.sleep(10);
    }
    assertThat(descriptors()).isLessThanOrEqualTo(before + CONNECTIONS / 4);
  }

  private void exchange(byte[] sent) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      client.getOutputStream().write(sent);
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }
}
