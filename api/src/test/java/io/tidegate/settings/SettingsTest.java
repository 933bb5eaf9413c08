package io.tidegate.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.settings.Secret.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String TOKEN = "tgo_0123456789-abcdefghijklmnopqrstuvwxyz";
  private static final String KEY =
      "1f8a2b4c5d0197f3c26b1e7c3a9d523f1f8a2b4c5d0197f3c26b1e7c3a9d5240";

  private final Path data;

  SettingsTest(@TempDir Path data) {
    this.data = data;
  }

  @Test
  void nothingSetIsASingleNodeWithItsOwnDatabaseAndADemo() {
    Settings settings = read(Map.of());

    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.managementHost()).isEqualTo("127.0.0.1");
    assertThat(settings.managementPort()).isEqualTo(8081);
    assertThat(settings.embedsDatabase()).isTrue();
    assertThat(settings.redisUrl()).isNull();
    assertThat(settings.demo()).isTrue();
  }

  @Test
  void everySettingIsDocumentedAndNoOther() throws IOException {
    Pattern name = Pattern.compile("TIDEGATE_[A-Z]+(_[A-Z]+)*");
    Set<String> read = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
      for (Path source : (Iterable<Path>) sources.filter(Files::isRegularFile)::iterator) {
        name.matcher(Files.readString(source)).results().forEach(one -> read.add(one.group()));
      }
    }
    Set<String> documented = new TreeSet<>();
    name.matcher(Files.readString(Path.of("..", "docs", "settings.md")))
        .results()
        .forEach(one -> documented.add(one.group()));
    assertThat(documented).isEqualTo(read);
  }

  @Test
  void whoCollectsLogsAsJsonGetsTheAccessLogToo() {
    assertThat(read(Map.of()).logging()).isEqualTo(new Logging(false, Logging.Level.INFO, false));
    assertThat(read(Map.of("TIDEGATE_LOG_FORMAT", "json", "TIDEGATE_LOG_LEVEL", "Warn")).logging())
        .isEqualTo(new Logging(true, Logging.Level.WARN, true));
    assertThatThrownBy(() -> read(Map.of("TIDEGATE_LOG_FORMAT", "xml")))
        .hasMessage("TIDEGATE_LOG_FORMAT is plain or json");
  }

  @Test
  void missingSecretsAreMadeOnceAndKeptForTheirOwnerOnly() throws IOException {
    Settings first = read(Map.of());
    Settings second = read(Map.of());

    assertThat(first.operatorToken().origin()).isEqualTo(Origin.MADE);
    assertThat(first.operatorToken().text()).matches("tgo_[A-Za-z0-9_-]{43}");
    assertThat(second.operatorToken().origin()).isEqualTo(Origin.KEPT);
    assertThat(second.operatorToken().text()).isEqualTo(first.operatorToken().text());
    assertThat(second.masterKey().bytes()).hasSize(32).isEqualTo(first.masterKey().bytes());
    for (String name : new String[] {"operator-token", "master-key"}) {
      Path file = data.resolve("secrets").resolve(name);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("secrets"))))
        .isEqualTo("rwx------");
  }

  @Test
  void aSecretThatOthersMayReadStopsTheStart() throws IOException {
    read(Map.of());
    Path file = data.resolve("secrets/master-key");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> read(Map.of())).hasMessageContaining("chmod 600");
  }

  @Test
  void anExternalDatabaseNeedsBothSecretsAndHasNoDemo() {
    Map<String, String> external = external();
    assertThat(read(external).demo()).isFalse();

    for (String secret : new String[] {"TIDEGATE_OPERATOR_TOKEN", "TIDEGATE_MASTER_KEY"}) {
      Map<String, String> without = external();
      without.remove(secret);
      assertThatThrownBy(() -> read(without))
          .isInstanceOf(SettingsException.class)
          .hasMessageStartingWith(secret + " is not set");
    }
    assertThat(data.resolve("secrets")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "tgo_short",
        "tgo_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "tgo_passwordpasswordpasswordpasswordpassword",
        "tgo_0123456789abcdef0123456789abcdef",
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEF",
        "tgo_0123456789 abcdefghijklmnopqrstuvwxyz"
      })
  void aWeakOperatorTokenStopsTheStart(String token) {
    Map<String, String> weak = external();
    weak.put("TIDEGATE_OPERATOR_TOKEN", token);

    assertThatThrownBy(() -> read(weak))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("TIDEGATE_OPERATOR_TOKEN")
        .hasMessageNotContaining(token)
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "too short",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
      })
  void aWeakMasterKeyStopsTheStart(String key) {
    Map<String, String> weak = external();
    weak.put("TIDEGATE_MASTER_KEY", key);

    assertThatThrownBy(() -> read(weak))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("TIDEGATE_MASTER_KEY ")
        .hasMessageNotContaining(key);
  }

  @Test
  void aMasterKeyIsTheSameInHexAndBase64() {
    Map<String, String> base64 = external();
    base64.put("TIDEGATE_MASTER_KEY", "H4orTF0Bl/PCax58Op1SPx+KK0xdAZfzwmsefDqdUkA=");

    assertThat(read(base64).masterKey().bytes()).isEqualTo(read(external()).masterKey().bytes());
    assertThat(read(base64).masterKey().id()).isEqualTo(read(external()).masterKey().id());
  }

  @Test
  void secretsMayStandInFiles() throws IOException {
    Path file = Files.writeString(data.resolve("token"), TOKEN + "\n");
    Map<String, String> variables = external();
    variables.remove("TIDEGATE_OPERATOR_TOKEN");
    variables.put("TIDEGATE_OPERATOR_TOKEN_FILE", file.toString());

    assertThat(read(variables).operatorToken()).isEqualTo(new Secret(TOKEN, Origin.GIVEN));

    variables.put("TIDEGATE_OPERATOR_TOKEN", TOKEN);
    assertThatThrownBy(() -> read(variables)).hasMessageContaining("both set");
  }

  @ParameterizedTest
  @CsvSource({
    "TIDEGATE_PORT,http",
    "TIDEGATE_PORT,65536",
    "TIDEGATE_PORT,-1",
    "TIDEGATE_PORT,tcp://10.0.0.1:8080",
    "TIDEGATE_MANAGEMENT_PORT,8080",
    "TIDEGATE_HOST,a b",
    "TIDEGATE_DEMO,perhaps",
    "TIDEGATE_REDIS_URL,localhost:6379",
    "TIDEGATE_DATABASE_URL,mysql://db/x",
    "TIDEGATE_DATABASE_USER,tidegate",
    "TIDEGATE_MASTER_KEY_FILE,/nowhere/at/all",
    "TIDEGATE_OTLP_ENDPOINT,collector:4318",
    "TIDEGATE_OTLP_ENDPOINT,ftp://collector",
    "TIDEGATE_OTLP_ENDPOINT,http://user:secret@collector:4318",
    "TIDEGATE_OTLP_ENDPOINT,http://collector:4318?key=secret",
    "TIDEGATE_OTLP_HEADERS,a=b",
    "TIDEGATE_TRACE_RATIO,0.5"
  })
  void aBadValueStopsTheStartWithOneLineThatNamesIt(String name, String value) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(SettingsException.class)
        .message()
        .contains(name.replace("_FILE", ""))
        .hasLineCount(1);
  }

  @Test
  void aDatabaseUrlOfOtherToolsIsUnderstood() {
    Map<String, String> variables = external();
    variables.put("TIDEGATE_DATABASE_URL", "postgres://ada:p%40ss@db:5433/tide?sslmode=require");
    variables.remove("TIDEGATE_DATABASE_USER");

    assertThat(read(variables).database())
        .isEqualTo(new Database("jdbc:postgresql://db:5433/tide?sslmode=require", "ada", "p@ss"));
  }

  @Test
  void noSecretIsEverPrinted() {
    Map<String, String> variables = external();
    variables.put("TIDEGATE_DATABASE_PASSWORD", "canary-password");

    assertThat(read(variables).toString())
        .doesNotContain(TOKEN)
        .doesNotContain(KEY)
        .doesNotContain("canary-password");
  }

  @Test
  void tracesGoWhereItSaysWithHeadersThatAreNeverPrinted() {
    assertThat(read(external()).otlp()).isNull();
    Map<String, String> variables = external();
    variables.put("TIDEGATE_OTLP_ENDPOINT", "https://collector/otlp/");
    variables.put("TIDEGATE_OTLP_HEADERS", "Authorization=Basic%20Y2Fu+YXJ5==, x-team=gate");

    Otlp otlp = Objects.requireNonNull(read(variables).otlp());

    assertThat(otlp.traces()).hasToString("https://collector/otlp/v1/traces");
    assertThat(otlp.ratio()).isEqualTo(0.01);
    assertThat(otlp.headers())
        .containsEntry("Authorization", new Secret("Basic Y2Fu+YXJ5==", Origin.GIVEN))
        .containsEntry("x-team", new Secret("gate", Origin.GIVEN));
    assertThat(otlp.toString()).doesNotContain("Y2Fu");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"canary", "=canary", "a b=canary", "a=canary,", "a=canary%0d", "host=canary"})
  void badHeadersForTheCollectorStopTheStartAndAreNotPrinted(String headers) {
    Map<String, String> variables = external();
    variables.put("TIDEGATE_OTLP_ENDPOINT", "http://collector:4318");
    variables.put("TIDEGATE_OTLP_HEADERS", headers);

    assertThatThrownBy(() -> read(variables))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("TIDEGATE_OTLP_HEADERS")
        .hasMessageNotContaining("canary");
  }

  private static Map<String, String> external() {
    Map<String, String> variables = new HashMap<>();
    variables.put("TIDEGATE_DATABASE_URL", "jdbc:postgresql://localhost/tidegate");
    variables.put("TIDEGATE_DATABASE_USER", "tidegate");
    variables.put("TIDEGATE_OPERATOR_TOKEN", TOKEN);
    variables.put("TIDEGATE_MASTER_KEY", KEY);
    return variables;
  }

  private Settings read(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(variables);
    all.put("TIDEGATE_DATA", data.toString());
    return Settings.read(all);
  }
}
