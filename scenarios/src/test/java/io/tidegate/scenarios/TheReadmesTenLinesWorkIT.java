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
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * README.md's backend and page, as they stand there, at a gateway that starts as {@code make run}
 * does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TheReadmesTenLinesWorkIT {
  private static final Path README = Path.of("..", "README.md");
  private static final Path SDK_JS = Path.of("..", "sdk-js").toAbsolutePath().normalize();

  private final Path folder;
  private Optional<Told> started = Optional.empty();

  TheReadmesTenLinesWorkIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  void start() throws Exception {
    Files.createDirectories(folder.resolve("site"));
    Map<String, String> here =
        Map.of(
            "TIDEGATE_PORT", Integer.toString(freePort()),
            "TIDEGATE_MANAGEMENT_PORT", Integer.toString(freePort()),
            "TIDEGATE_DATA", folder.resolve("data").toString());
    started = Optional.of(new Told(SdksPassTheScenariosIT.launch().command(), folder, here));
  }

  @AfterAll
  void stop() {
    started.ifPresent(Told::close);
  }

  @Test
  void aBackendOfTenLinesHearsWhatItPublishes() throws Exception {
    try (Told backend = backend(freePort())) {
      backend.await("heard .*Hello from Java");
    }
  }

  @Test
  void aPageOfTenLinesAndThatBackendHearEachOther() throws Exception {
    Needed.that(
        SdksPassTheScenariosIT.isHere(Sdk.JS), "sdk-js is not built: `make built-sdk-js` does it");
    Path chromium =
        Optional.ofNullable(System.getenv("CHROMIUM"))
            .map(Path::of)
            .orElseGet(() -> Needed.program("chromium", "chromium-browser", "google-chrome"));
    writeSite();
    int port = freePort();
    try (Told backend = backend(port)) {
      backend.await("heard .*Hello from Java");
      List<String> browser =
          List.of(
              "node",
              SDK_JS.resolve("test/scenarios/page.mjs").toString(),
              "http://127.0.0.1:" + port + "/",
              chromium.toString());
      try (Told page = new Told(browser, folder, Map.of())) {
        page.await("Hello from Java");
        page.tell("click");
        page.await("Hello from the page");
        backend.await("heard .*Hello from the page");
      }
    }
  }

  private Told backend(int port) throws Exception {
    Told gateway = started.orElseThrow();
    String url = gateway.await("gateway +(http://\\S+)");
    Map<String, String> key = Map.of("KEY", gateway.await("demo key +(\\S+)"));
    String lines = block("java");
    assertThat(lines).contains("3000");
    Path program = folder.resolve("Backend.java");
    Files.writeString(program, program(lines.replace("3000", Integer.toString(port)), url));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    return new Told(List.of(java, "-cp", classes, program.toString()), folder, key);
  }

  /** What an IDE adds, the class around it and imports; and a folder with the page. */
  private String program(String lines, String url) {
    return """
        import com.sun.net.httpserver.HttpServer;
        import com.sun.net.httpserver.SimpleFileServer;
        import io.tidegate.sdk.*;
        import java.net.InetSocketAddress;
        import java.nio.file.Path;
        import java.util.Map;
        class Backend {
          public static void main(String[] none) throws Exception {
            %s
            guests.createContext("/", SimpleFileServer.createFileHandler(Path.of("%s")));
          }
        }
        """
        .formatted(at(lines, url), folder.resolve("site").toAbsolutePath());
  }

  /** The page, and the package that a bundler would put into it. */
  private void writeSite() throws Exception {
    String url = started.orElseThrow().await("gateway +(http://\\S+)");
    Path site = folder.resolve("site");
    copy(SDK_JS.resolve("dist"), site.resolve("sdk"));
    Files.writeString(
        site.resolve("index.html"),
        """
        <!doctype html>
        <meta charset="utf-8">
        <script type="importmap">{ "imports": { "@tidegate/sdk": "/sdk/index.js" } }</script>
        <body></body>
        <script type="module">
        %s
        </script>
        """
            .formatted(at(block("js"), url)));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path one : all.toList()) {
        Files.copy(one, to.resolve(from.relativize(one).toString()));
      }
    }
  }

  private static String at(String lines, String url) {
    assertThat(lines).contains("http://127.0.0.1:8080");
    return lines.replace("http://127.0.0.1:8080", url);
  }

  /** What README.md has in this language, in ten lines at most. */
  private static String block(String language) throws IOException {
    Pattern fence = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
    Matcher found = fence.matcher(Files.readString(README));
    assertThat(found.find()).as("README.md has a block of " + language).isTrue();
    String lines = found.group(1);
    assertThat(lines.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(10);
    return lines;
  }

  /**
   * Below the ports that connections going out are given and above those of embedded databases:
   * none of them takes it before its server does.
   */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(26_000, 32_768);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // Another one, then.
      }
    }
  }
}
