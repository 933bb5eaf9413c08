package io.tidegate.bench.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Where a webhook calls, and is never answered: the dearest way to be dead. */
final class SilentTarget implements AutoCloseable {
  private final ServerSocket listener;
  private final AtomicInteger calls = new AtomicInteger();

  SilentTarget() throws IOException {
    listener = new ServerSocket(0, 0, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
  }

  /** How many there were. */
  int calls() {
    return calls.get();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        calls.incrementAndGet();
        Thread.ofVirtual().start(() -> hearOut(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void hearOut(Socket socket) {
    try (socket;
        InputStream in = socket.getInputStream()) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException gone) {
      // Who called has had enough.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
