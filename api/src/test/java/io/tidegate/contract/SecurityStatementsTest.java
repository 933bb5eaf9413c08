package io.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/security.md} has every statement, and names only tests that there are. */
class SecurityStatementsTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([BI]?[0-9]+) \\| ([^|]+) \\| ([^|]+) \\|$");
  private static final Pattern TEST =
      Pattern.compile("`(io\\.tidegate\\.[a-zA-Z0-9.]+)(?:#([a-zA-Z0-9]+))?`");
  private static final Pattern WAITS =
      Pattern.compile("waits for: (?:(?:webhooks|console|clusters|presence)(?:, )?)+");

  /** A test is run, or inherited by one that is. */
  private static final Set<String> RUNS =
      Set.of("Test", "TestFactory", "ParameterizedTest", "RepeatedTest", "Property", "FuzzTest");

  private final Map<String, String> shownBy = rows();

  @Test
  void everyStatementIsThereOnce() {
    List<String> numbers =
        Stream.of(
                IntStream.rangeClosed(1, 30).filter(n -> n != 15).mapToObj(Integer::toString),
                IntStream.rangeClosed(1, 10).mapToObj(n -> "B" + n),
                IntStream.rangeClosed(1, 15).mapToObj(n -> "I" + n))
            .flatMap(each -> each)
            .toList();
    assertThat(shownBy.keySet()).containsExactlyElementsOf(numbers);
  }

  @Test
  void everyRowNamesATestOrWhatItWaitsFor() {
    shownBy.forEach(
        (number, shown) ->
            assertThat(
                    TEST.matcher(shown).find()
                        || WAITS.matcher(shown).find()
                        || shown.contains("**open**"))
                .as("row " + number + ": " + shown)
                .isTrue());
  }

  @Test
  void everyTestThatIsNamedExists() {
    List<String> missing = new ArrayList<>();
    shownBy.forEach(
        (number, shown) ->
            TEST.matcher(shown)
                .results()
                .filter(named -> !exists(named))
                .forEach(named -> missing.add(number + ": " + named.group())));
    assertThat(missing).isEmpty();
  }

  private static boolean exists(MatchResult named) {
    List<String> tests = tests(named.group(1));
    return named.group(2) == null ? !tests.isEmpty() : tests.contains(named.group(2));
  }

  /** The names of a class's tests, its own and inherited ones. */
  private static List<String> tests(String name) {
    List<String> tests = new ArrayList<>();
    try {
      Class<?> at = Class.forName(name, false, SecurityStatementsTest.class.getClassLoader());
      for (; at != null && at != Object.class; at = at.getSuperclass()) {
        Arrays.stream(at.getDeclaredMethods())
            .filter(SecurityStatementsTest::isRun)
            .map(Method::getName)
            .forEach(tests::add);
      }
    } catch (ClassNotFoundException absent) {
      return List.of();
    }
    return tests;
  }

  private static boolean isRun(Method method) {
    return Arrays.stream(method.getAnnotations())
        .anyMatch(annotation -> RUNS.contains(annotation.annotationType().getSimpleName()));
  }

  private static Map<String, String> rows() {
    Map<String, String> rows = new LinkedHashMap<>();
    Matcher row = ROW.matcher(ContractFile.text("docs/security.md"));
    while (row.find()) {
      assertThat(rows.put(row.group(1), row.group(3))).as("again " + row.group(1)).isNull();
    }
    return rows;
  }
}
