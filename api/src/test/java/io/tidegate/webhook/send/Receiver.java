package io.tidegate.webhook.send;

import io.tidegate.e2e.gateway.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A server on this machine that answers as it is told, byte by byte, and counts who connects.
 * Deliberately no library's: what it sends is no HTTP at times.
 */
public final class Receiver implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final ServerSocket listener;
  private final Answer answer;
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger probes = new AtomicInteger();
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final Queue<String> askedFor = new ConcurrentLinkedQueue<>();

  /** One request: its head's lines, the first of them the request line, and its body. */
  public record Request(List<String> head, String body) {
    public @Nullable String header(String name) {
      return head.stream()
          .skip(1)
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse(null);
    }
  }

  /** What is written to who asks. Afterwards the connection is closed. */
  @FunctionalInterface
  public interface Answer {
    void to(Request request, OutputStream out) throws IOException, InterruptedException;

    /** These characters, a byte each. */
    static Answer text(String text) {
      return (request, out) -> out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Answer status(int status) {
      return text("HTTP/1.1 " + status + " x\r\nContent-Length: 0\r\n\r\n");
    }
  }

  private Receiver(ServerSocket listener, Answer answer) {
    this.listener = listener;
    this.answer = answer;
    Thread.ofVirtual().start(this::accept);
  }

  public static Receiver on(InetSocketAddress address, Answer answer) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.bind(address);
      return new Receiver(listener, answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Receiver start(Answer answer) {
    return on(new InetSocketAddress("127.0.0.1", 0), answer);
  }

  /** On every address of this machine, of both families. */
  static Receiver everywhere(Answer answer) {
    return on(new InetSocketAddress(0), answer);
  }

  static Receiver secure(String address, TestCertificate certificate, Answer answer) {
    try {
      ServerSocket listener =
          context(certificate)
              .getServerSocketFactory()
              .createServerSocket(0, 0, InetAddress.getByName(address));
      return new Receiver(listener, answer);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext context(TestCertificate certificate)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "it", certificate.key(), PASSWORD, new Certificate[] {certificate.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** What has been asked, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The names that were asked for in TLS, in order. */
  List<String> askedFor() {
    return List.copyOf(askedFor);
  }

  /**
   * How many have connected up to now. They are accepted in order, so one more connection of our
   * own tells when everyone before it has been counted.
   */
  public int connections() {
    try (Socket probe = new Socket()) {
      InetAddress address = listener.getInetAddress();
      probe.connect(
          new InetSocketAddress(
              address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address, port()));
      int local = probe.getLocalPort();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> open.stream().anyMatch(socket -> socket.getPort() == local));
      probes.incrementAndGet();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return accepted.get() - probes.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        accepted.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      if (socket instanceof SSLSocket secure) {
        secure.startHandshake();
        noteName(secure);
      }
      Request request = read(socket.getInputStream());
      requests.add(request);
      answer.to(request, socket.getOutputStream());
      socket.getOutputStream().flush();
    } catch (IOException gone) {
      // The other side has ended it: what it makes of that is the test's to say.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void noteName(SSLSocket secure) {
    if (secure.getSession() instanceof ExtendedSSLSession session) {
      session.getRequestedServerNames().stream()
          .filter(SNIHostName.class::isInstance)
          .forEach(name -> askedFor.add(((SNIHostName) name).getAsciiName()));
    }
  }

  private static Request read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      bytes.write(next);
    }
    List<String> lines = bytes.toString(StandardCharsets.ISO_8859_1).lines().toList();
    Request head = new Request(lines.subList(0, lines.size() - 1), "");
    String length = head.header("Content-Length");
    byte[] body = in.readNBytes(length == null ? 0 : Integer.parseInt(length));
    return new Request(head.head(), new String(body, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
