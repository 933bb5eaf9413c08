package io.tidegate.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What applications can see is what {@code api.txt} lists, so that a change of it shows in review.
 * To accept one: {@code mvn -pl sdk-java test -Dtest=PublicApiTest -Dapi.accept=true}.
 */
class PublicApiTest {
  private static final Path LIST = Path.of("api.txt");

  /** The list of the last release: what applications were compiled against. */
  private static final Path BASELINE = Path.of("api-baseline.txt");

  private static final Path CLASSES = Path.of("target/classes");

  @Test
  void thePublicApiIsTheListedOne() throws IOException, ReflectiveOperationException {
    String actual = String.join("\n", listing()) + "\n";
    if (Boolean.getBoolean("api.accept")) {
      Files.writeString(LIST, actual);
    }
    assertThat(Files.readString(LIST)).isEqualTo(actual);
  }

  @Test
  void nothingThatWasReleasedIsGone() throws IOException {
    assertThat(members(LIST)).containsAll(members(BASELINE));
  }

  @Test
  void onlyPublicPackagesAreExportedAndNothingElseIsNeeded() throws IOException {
    ModuleDescriptor module;
    try (var in = Files.newInputStream(CLASSES.resolve("module-info.class"))) {
      module = ModuleDescriptor.read(in);
    }
    assertThat(module.exports().stream().map(ModuleDescriptor.Exports::source))
        .containsExactlyInAnyOrder("io.tidegate.sdk", "io.tidegate.sdk.control");
    assertThat(
            module.requires().stream()
                .filter(
                    needed ->
                        !needed.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .map(ModuleDescriptor.Requires::name))
        .containsExactlyInAnyOrder("java.base", "java.net.http");
  }

  /** Each member with its type in front; a type's own line by itself. */
  private static List<String> members(Path list) throws IOException {
    List<String> members = new ArrayList<>();
    String type = "";
    for (String line : Files.readAllLines(list)) {
      type = line.startsWith(" ") ? type : line;
      members.add(line.startsWith(" ") ? type + line : line);
    }
    return members;
  }

  private static List<String> listing() throws IOException, ReflectiveOperationException {
    List<String> lines = new ArrayList<>();
    for (String folder : List.of("io/tidegate/sdk", "io/tidegate/sdk/control")) {
      try (Stream<Path> files = Files.list(CLASSES.resolve(folder))) {
        List<String> names =
            files
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                .map(name -> folder.replace('/', '.') + "." + name.replace(".class", ""))
                .sorted()
                .toList();
        for (String name : names) {
          describe(Class.forName(name, false, PublicApiTest.class.getClassLoader()), lines);
        }
      }
    }
    return lines;
  }

  private static void describe(Class<?> type, List<String> lines) {
    if (!Modifier.isPublic(type.getModifiers()) || type.isAnonymousClass()) {
      return;
    }
    lines.add(type.toGenericString());
    Stream<Member> members =
        Stream.of(
                type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
            .flatMap(Arrays::stream);
    members
        .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
        .filter(member -> !member.isSynthetic())
        .map(PublicApiTest::line)
        .sorted(Comparator.naturalOrder())
        .forEach(lines::add);
  }

  private static String line(Member member) {
    if (member instanceof Method method) {
      return "  " + method.toGenericString();
    }
    if (member instanceof Constructor<?> constructor) {
      return "  " + constructor.toGenericString();
    }
    return "  " + ((Field) member).toGenericString();
  }
}
