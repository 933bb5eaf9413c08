package io.tidegate.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scenarios.stage.Sdk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * README.md's backend and page, as they stand there, at a gateway that starts as `make run` does.
 */
class TheReadmesTenLinesWorkIT {
  private static final Path README = Path.of("..", "README.md");
  private static final Path SDK_JS = Path.of("..", "sdk-js");

  private final Path folder;

  TheReadmesTenLinesWorkIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aBackendAndAPageHearEachOther() throws Exception {
    String backend = block("java");
    String page = block("js");
    assertThat(backend.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(10);
    assertThat(page.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(10);
    String port = Integer.toString(freePort());
    Map<String, String> here =
        Map.of(
            "TIDEGATE_PORT", port,
            "TIDEGATE_MANAGEMENT_PORT", Integer.toString(freePort()),
            "TIDEGATE_DATA", folder.resolve("data").toString());
    try (Told gateway = new Told(SdksPassTheScenariosIT.launch().command(), folder, here)) {
      String url = gateway.await("gateway +(http://\\S+)");
      Map<String, String> key = Map.of("KEY", gateway.await("demo key +(\\S+)"));
      String guests = Integer.toString(freePort());
      Path program = folder.resolve("Backend.java");
      Files.writeString(program, program(backend.replace("3000", guests), url));
      Path script = folder.resolve("page.mjs");
      Files.writeString(script, script(page, url, "http://127.0.0.1:" + guests + "/token"));
      try (Told java = new Told(java(program), folder, key)) {
        java.await("heard .*Hello from Java");
        if (!SdksPassTheScenariosIT.sdks().contains(Sdk.JS)) {
          // The page needs sdk-js built: -Dscenarios.sdks=java,js after make built-sdk-js.
          return;
        }
        try (Told browser = new Told(List.of("node", script.toString()), folder, Map.of())) {
          browser.await("Hello from Java");
          browser.tell("click");
          browser.await("Hello from the page");
          java.await("heard .*Hello from the page");
        }
      }
    }
  }

  private static List<String> java(Path program) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(java, "-cp", System.getProperty("java.class.path"), program.toString());
  }

  /** What an IDE adds: the class around it, and imports. */
  private static String program(String lines, String url) {
    return """
        import com.sun.net.httpserver.HttpServer;
        import io.tidegate.sdk.*;
        import java.net.InetSocketAddress;
        import java.util.Map;
        class Backend {
          public static void main(String[] none) throws Exception {
            %s
          }
        }
        """
        .formatted(at(lines, url));
  }

  /** What a bundler and a browser add: the package, where it was loaded from, and a document. */
  private static String script(String lines, String url, String token) {
    String sdk = SDK_JS.toAbsolutePath().normalize().toUri().toString();
    return """
        import { createInterface } from 'node:readline';
        import { WebSocket } from '%snode_modules/ws/wrapper.mjs';
        globalThis.WebSocket ??= WebSocket;
        globalThis.document = { body: { append: (text) => console.log(text) } };
        createInterface({ input: process.stdin }).on('line', () => document.body.onclick());
        %s
        """
        .formatted(
            sdk,
            at(lines, url)
                .replace("'@tidegate/sdk'", "'" + sdk + "dist/index.js'")
                .replace("'/token'", "'" + token + "'"));
  }

  private static String at(String lines, String url) {
    assertThat(lines).contains("http://127.0.0.1:8080");
    return lines.replace("http://127.0.0.1:8080", url);
  }

  private static String block(String language) throws IOException {
    Pattern fence = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
    Matcher found = fence.matcher(Files.readString(README));
    assertThat(found.find()).as("README.md has a block of " + language).isTrue();
    return found.group(1);
  }

  /**
   * Below the ports that connections going out are given: none of them takes it before its server
   * does.
   */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_768);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // Another one, then.
      }
    }
  }
}
