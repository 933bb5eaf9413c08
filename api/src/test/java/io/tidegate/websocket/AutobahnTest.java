package io.tidegate.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.TestGateway;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.TestApp;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import me.normanmaurer.maven.autobahntestsuite.AutobahnTestSuite;
import org.json.simple.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.python.util.jython;

/**
 * The Autobahn suite's fuzzing client against an echo on our edge. It is Python on Jython, and has
 * a process of its own: beside our classes Python's {@code io} would be the Java package. Its
 * reports lie under {@code target/autobahn}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AutobahnTest {
  private static final String AGENT = "tidegate";
  private static final int MINUTES = 40;

  /**
   * The suite gives up on a case after a second, which a busy machine may stand still for. No case
   * ends well by that, and the others do not wait for it.
   */
  private static final String PATIENCE =
      """
      from autobahntestsuite.wstest import fuzzing
      kill = fuzzing.FuzzingProtocol.killAfter
      fuzzing.FuzzingProtocol.killAfter = lambda self, delay: kill(self, 60 * delay)
      times = ('openHandshakeTimeout', 'closeHandshakeTimeout', 'serverConnectionDropTimeout')
      patient = dict((one, 60) for one in times)
      """;

  /** As the suite writes them; it tolerates NON-STRICT, INFORMATIONAL and UNIMPLEMENTED. */
  private static final List<String> BAD =
      List.of("FAILED", "WRONG CODE", "UNCLEAN", "FAILED BY CLIENT");

  private final TestGateway gateway = gatewayWithEcho();

  private static TestGateway gatewayWithEcho() {
    TestGateway gateway;
    // Routes are read when the server starts.
    System.setProperty(EchoRoute.ON, "true");
    try {
      gateway = TestGateway.start("autobahn");
    } finally {
      System.clearProperty(EchoRoute.ON);
    }
    TestApp app = TestApp.create(Door.of(gateway), "Autobahn");
    gateway.bean(EchoRoute.class).everybodyHas(app.key());
    return gateway;
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  /** Framing, pings, reserved bits, opcodes, fragments, UTF-8 and closing. */
  @Test
  void framesAreThoseOfTheRfc() throws Exception {
    assertNoneFails(run("frames", List.of("1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*")));
  }

  /**
   * A message of 64 kB, and a thousand messages of up to 16 kB. The suite's other cases are of
   * messages past our limit, or in more fragments.
   */
  @Tag("soak")
  @Test
  void manyMessagesWithinTheLimitsAreEchoed() throws Exception {
    assertNoneFails(run("many", List.of("9.1.1", "9.2.1", "9.7.*", "9.8.*")));
  }

  /** What each case came to, and its closing: also written to {@code target/autobahn}. */
  private Map<String, String> run(String name, List<String> cases) throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "autobahn", name).toAbsolutePath());
    String script =
        PATIENCE
            + "from me.normanmaurer.maven.autobahntestsuite import AutobahnTestSuite as A\n"
            + "A.runFuzzingClient('%s','ws://127.0.0.1:%d%s',patient,%s,[])"
                .formatted(AGENT, gateway.gateway().port(), EchoRoute.PATH, python(cases));
    Process suite =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                jar(AutobahnTestSuite.class)
                    + ":"
                    + jar(jython.class)
                    + ":"
                    + jar(JSONObject.class),
                jython.class.getName(),
                "-c",
                script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("suite.log").toFile())
            .start();
    try {
      assertThat(suite.waitFor(MINUTES, TimeUnit.MINUTES)).as("the suite ends").isTrue();
    } finally {
      suite.destroyForcibly();
    }
    Map<String, String> results = new TreeMap<>();
    Path report = folder.resolve("target/autobahntestsuite-reports/index.json");
    Json.read(Files.readString(report))
        .path(AGENT)
        .properties()
        .forEach(one -> results.put(one.getKey(), cameTo(one.getValue())));
    Files.writeString(
        folder.resolve("results.txt"),
        results.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n")));
    return results;
  }

  private static String cameTo(JsonNode result) {
    return result.path("behavior").asText() + ", " + result.path("behaviorClose").asText();
  }

  private static String python(List<String> texts) {
    return texts.stream().map(text -> "'" + text + "'").collect(Collectors.joining(",", "[", "]"));
  }

  private static String jar(Class<?> of) throws URISyntaxException {
    return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private static void assertNoneFails(Map<String, String> results) {
    assertThat(results).isNotEmpty();
    assertThat(results.entrySet())
        .filteredOn(one -> BAD.stream().anyMatch(one.getValue()::contains))
        .isEmpty();
  }
}
