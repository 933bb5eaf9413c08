package io.tidegate.e2e.proxy;

import io.tidegate.TestPorts;
import io.tidegate.e2e.Needed;
import io.tidegate.e2e.gateway.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A real nginx in front of a gateway, configured as docs/proxies.md says: only ports and the
 * certificate's files are put in.
 */
final class Nginx implements AutoCloseable {
  private static final Path DOCUMENT = Path.of("..", "docs", "proxies.md");
  private static final Pattern SNIPPET = Pattern.compile("```nginx\n(.*?)```", Pattern.DOTALL);

  private final int port = TestPorts.free();
  private final Path folder;
  private final Process process;

  /**
   * @param more directives of the {@code http} block
   */
  Nginx(int gatewayPort, String more) {
    Path program = Needed.program("nginx");
    try {
      folder = Files.createTempDirectory("nginx").toRealPath();
      Files.writeString(folder.resolve("nginx.conf"), main(more));
      Files.writeString(folder.resolve("snippet.conf"), snippet(gatewayPort));
      process =
          new ProcessBuilder(
                  program.toString(),
                  "-p",
                  folder.toString(),
                  "-c",
                  "nginx.conf",
                  "-e",
                  "error.log")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output.log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaitility.await("nginx is up: " + folder).atMost(Duration.ofMinutes(1)).until(this::answers);
  }

  int port() {
    return port;
  }

  private String main(String more) {
    return """
        daemon off;
        master_process off;
        pid nginx.pid;
        events { worker_connections 128; }
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
        """
        + more
        + "\n  include snippet.conf;\n}\n";
  }

  private String snippet(int gatewayPort) throws IOException {
    TestCertificate certificate = TestCertificate.make("EC");
    Path chain = Files.writeString(folder.resolve("chain.pem"), certificate.certificatePem());
    Path key = Files.writeString(folder.resolve("key.pem"), certificate.keyPem());
    Matcher found = SNIPPET.matcher(Files.readString(DOCUMENT));
    if (!found.find()) {
      throw new AssertionError("no nginx snippet in " + DOCUMENT);
    }
    String text = found.group(1);
    text = put(text, "127.0.0.1:8080;", "127.0.0.1:" + gatewayPort + ";");
    text = put(text, "listen 443 ssl;", "listen 127.0.0.1:" + port + " ssl;");
    text = put(text, "/etc/nginx/tls/fullchain.pem", chain.toString());
    return put(text, "/etc/nginx/tls/privkey.pem", key.toString());
  }

  private static String put(String text, String from, String to) {
    if (!text.contains(from)) {
      throw new AssertionError("the snippet has no " + from);
    }
    return text.replace(from, to);
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new AssertionError("nginx has ended: " + folder);
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
