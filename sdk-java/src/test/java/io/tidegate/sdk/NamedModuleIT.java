package io.tidegate.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.sdk.gateway.Gateway;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar is a module: an application that is one too runs with it and nothing else. */
class NamedModuleIT {
  private static final Gateway GATEWAY = Gateway.shared();

  /** As it is built; the system property names it. */
  private static final Path JAR = Path.of(System.getProperty("sdk.jar", "")).toAbsolutePath();

  private static final String MODULE =
      """
      module app {
        requires io.tidegate.sdk;
        opens app to io.tidegate.sdk;
      }
      """;

  private static final String MAIN =
      """
      package app;

      import io.tidegate.sdk.Channel;
      import io.tidegate.sdk.Tidegate;
      import java.util.concurrent.CompletableFuture;
      import java.util.concurrent.TimeUnit;

      public class Main {
        record Greeting(String text) {}

        public static void main(String[] args) throws Exception {
          try (Tidegate tidegate = Tidegate.builder().url(args[0]).key(args[1]).build()) {
            Channel room = tidegate.channel("chat:room-7");
            CompletableFuture<Greeting> received = new CompletableFuture<>();
            room.subscribe(message -> received.complete(message.data(Greeting.class)))
                .ready()
                .get(90, TimeUnit.SECONDS);
            room.publish("greeting", new Greeting("Hello"));
            System.out.println(
                Main.class.getModule() + " of " + Tidegate.class.getModule() + ": "
                    + received.get(90, TimeUnit.SECONDS).text());
          }
        }
      }
      """;

  private final Path folder;

  NamedModuleIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aModuleThatRequiresItPublishesAndSubscribes() throws Exception {
    assertThat(JAR).as("the system property sdk.jar").isRegularFile();
    Path classes = folder.resolve("classes");
    int failed =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-Xlint:all,-requires-automatic",
                "--release",
                "17",
                "-p",
                JAR.toString(),
                "-d",
                classes.toString(),
                write("module-info.java", MODULE),
                write("app/Main.java", MAIN));
    assertThat(failed).isZero();

    Path said = folder.resolve("said");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-p", JAR + File.pathSeparator + classes, "-m", "app/app.Main"));
    command.addAll(List.of(GATEWAY.url(), GATEWAY.newKey()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(240, TimeUnit.SECONDS)).as(Files.readString(said)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(said)).isZero();
      assertThat(said).content().contains("module app of module io.tidegate.sdk: Hello");
    } finally {
      process.destroyForcibly();
    }
  }

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }
}
