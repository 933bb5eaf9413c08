package io.tidegate.sdk.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of break is noticed, and what breaks nobody is not. */
class ApiBreaksTest {
  private final Path folder;

  ApiBreaksTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a type is gone               | public class A {} ## public class B {}              | public class A {}
          a type is hidden             | public class A {}                                | class A {}
          a class becomes final        | public class A {}                                | public final class A {}
          a class becomes abstract     | public class A {}                                | public abstract class A {}
          a class becomes a record     | public final class A { public A() {} }           | public record A() {}
          another superclass           | public class A extends Exception {}              | public class A extends RuntimeException {}
          no superclass                | public class A extends Exception {}              | public class A {}
          an interface is dropped      | public class A implements Cloneable {}           | public class A {}
          another type argument        | public abstract class A implements Comparable<A> {} | public abstract class A implements Comparable<Object> {}
          another type parameter       | public class A<T> {}                             | public class A<T, U> {}
          a narrower type parameter    | public class A<T> {}                             | public class A<T extends Number> {}
          a type is sealed             | public interface A {}                            | public sealed interface A { final class B implements A {} }
          one is permitted less        | public sealed interface A { final class B implements A {} final class C implements A {} } | public sealed interface A { final class B implements A {} }
          one is permitted more        | public sealed interface A { final class B implements A {} } | public sealed interface A { final class B implements A {} final class C implements A {} }
          a method is gone             | public class A { public void m() {} }            | public class A {}
          a method is hidden           | public class A { public void m() {} }            | public class A { void m() {} }
          a method is protected        | public class A { public void m() {} }            | public class A { protected void m() {} }
          a method is static           | public class A { public void m() {} }            | public class A { public static void m() {} }
          a method is final            | public class A { public void m() {} }            | public class A { public final void m() {} }
          another return type          | public class A { public Object m() { return 1; } } | public class A { public Integer m() { return 1; } }
          another parameter            | public class A { public void m(int i) {} }       | public class A { public void m(long i) {} }
          one parameter more           | public class A { public void m() {} }            | public class A { public void m(int i) {} }
          no variable arguments        | public class A { public void m(int... i) {} }    | public class A { public void m(int[] i) {} }
          another type in a parameter  | public class A { public void m(java.util.List<String> l) {} } | public class A { public void m(java.util.List<Object> l) {} }
          a narrower method            | public class A { public <T> void m(T t) {} }     | public class A { public <T extends Number> void m(T t) {} }
          a checked exception more     | public class A { public void m() {} }            | public class A { public void m() throws java.io.IOException {} }
          a checked exception less     | public class A { public void m() throws java.io.IOException {} } | public class A { public void m() {} }
          a constructor is gone        | public class A { public A(int i) {} }            | public class A { public A() {} }
          a method to be implemented   | public interface A { void m(); }                 | public interface A { void m(); void n(); }
          a default method is none     | public interface A { default void m() {} }       | public interface A { void m(); }
          a result may be null         | public class A { public String m() { return ""; } } | public class A { public @Nullable String m() { return ""; } }
          an argument may not be null  | public class A { public void m(@Nullable String s) {} } | public class A { public void m(String s) {} }
          an item may be null          | public interface A { java.util.List<String> m(); } | public interface A { java.util.List<@Nullable String> m(); }
          a record's component more    | public record A(int i) {}                        | public record A(int i, int j) {}
          a record's component is null | public record A(String s) {}                     | public record A(@Nullable String s) {}
          a constant of an enum is gone | public enum A { B, C }                          | public enum A { B }
          another value of a constant  | public class A { public static final int I = 1; } | public class A { public static final int I = 2; }
          a field is final             | public class A { public int i; }                 | public class A { public final int i = 0; }
          another type of a field      | public class A { public final long i = 0; }      | public class A { public final int i = 0; }
          a nested type is gone        | public class A { public static class B {} }      | public class A {}
          """)
  void eachKindOfBreakIsNoticed(String kind, String before, String after) throws Exception {
    assertThat(breaks(before, after)).as(kind).isNotEmpty();
    assertThat(breaks(before, before)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a type more                  | public class A {}                    | public class A {} ## public class B {}
          a method more                | public class A {}                    | public class A { public void m() {} }
          a default method more        | public interface A {}                | public interface A { default void m() {} }
          an interface more            | public class A {}                    | public class A implements Cloneable {}
          a constant of an enum more   | public enum A { B }                  | public enum A { B, C }
          one that the SDK implements  | public interface Ours {}             | public interface Ours { void m(); }
          its methods get no body      | public interface Ours { default void m() {} } | public interface Ours { void m(); }
          what nobody sees             | public class A { int i; void m() {} } | public class A { private long i; }
          """)
  void whatBreaksNobodyIsNot(String kind, String before, String after) throws Exception {
    assertThat(breaks(before, after)).as(kind).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"@org.jspecify.annotations.NullMarked package p;,package p;"})
  void aPackageThatPromisesNothingAboutNullAnyMoreIsNoticed(String before, String after)
      throws Exception {
    assertThat(breaks(before, after)).isNotEmpty();
  }

  private List<String> breaks(String before, String after) throws Exception {
    return new ApiBreaks(Set.of("p.Ours")).between(listing(before), listing(after));
  }

  private List<String> listing(String text) throws Exception {
    Path sources = Files.createTempDirectory(folder, "source");
    Path classes = sources.resolve("classes");
    Files.createDirectories(classes.resolve("p"));
    List<String> arguments =
        new ArrayList<>(List.of("-nowarn", "-d", classes.toString(), "-cp", jspecify()));
    if (text.contains("package p;")) {
      arguments.add(write(sources.resolve("package-info.java"), text));
    } else {
      for (String type : text.split("##")) {
        String simple = type.replaceAll("(?s).*?(?:class|interface|enum|record) (\\w+).*", "$1");
        arguments.add(
            write(
                sources.resolve(simple + ".java"),
                "package p; import org.jspecify.annotations.Nullable; " + type));
      }
    }
    int failed =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, arguments.toArray(String[]::new));
    assertThat(failed).isZero();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      return ApiListing.of(classes, loader, List.of("p"));
    }
  }

  private static String write(Path file, String text) throws IOException {
    return Files.writeString(file, text).toString();
  }

  private static String jspecify() throws Exception {
    return Path.of(Nullable.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }
}
