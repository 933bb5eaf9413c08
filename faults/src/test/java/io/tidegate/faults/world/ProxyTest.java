package io.tidegate.faults.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Before a server that answers what it was sent when the client has said goodbye. */
class ProxyTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int CONNECTIONS = 200;

  private final ServerSocket server;
  private final Proxy proxy;
  private final AtomicInteger accepted = new AtomicInteger();

  ProxyTest() throws IOException {
    server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    proxy = new Proxy(server.getLocalPort());
    Thread.ofVirtual().start(this::serve);
  }

  private void serve() {
    try {
      while (true) {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        Thread.ofVirtual().start(() -> answer(socket));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private static void answer(Socket from) {
    try (Socket socket = from) {
      socket.getOutputStream().write(socket.getInputStream().readAllBytes());
    } catch (IOException e) {
      // Cut: the test is over.
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
    await(() -> descriptors() <= before + CONNECTIONS / 4);
    assertThat(descriptors()).isLessThanOrEqualTo(before + CONNECTIONS / 4);
  }

  @Test
  void frozenConnectionsPassNothingAndStayOpenWhileNewOnesAreGood() throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      client.setSoTimeout(500);
      await(() -> accepted.get() == 1);
      proxy.freeze();
      client.getOutputStream().write(new byte[100]);
      client.shutdownOutput();
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      exchange(new byte[100]);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  private void exchange(byte[] sent) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      client.getOutputStream().write(sent);
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
    }
  }

  private static void await(Callable<Boolean> so) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (!so.call() && Instant.now().isBefore(end)) {
      Thread.sleep(10);
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }
}
