package io.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.problem.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The code, the page and the protocol name the same refusals. */
final class RefusalCatalogueTest {

  @Test
  void everyRowOfThePageIsOneOfTheCode() {
    List<String> page =
        ContractFile.text("docs/errors.md")
            .lines()
            .filter(line -> line.matches("\\| [0-9]{5} .*"))
            .map(line -> line.split("\\|"))
            .map(cells -> row(cells[1], cells[2], cells[3], cells[4], cells[5], cells[7]))
            .toList();
    List<String> code =
        Arrays.stream(Refusal.values())
            .map(
                refusal ->
                    row(
                        Integer.toString(refusal.code()),
                        "<a id=\"" + refusal.slug() + "\"></a>`" + refusal.slug() + "`",
                        Integer.toString(refusal.httpStatus()),
                        refusal.closes() ? Integer.toString(refusal.closeCode()) : "-",
                        refusal.retry().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        refusal.title()))
            .toList();
    assertThat(page).isEqualTo(code);
  }

  @Test
  void everyRowIsAnAnchorByItsCodeToo() {
    // Frames name the code only, and clients make links of it.
    assertThat(ContractFile.text("docs/errors.md"))
        .contains(
            Arrays.stream(Refusal.values())
                .map(refusal -> "<a id=\"" + refusal.code() + "\"></a>")
                .toList());
  }

  @Test
  void codesAndCloseCodesAreUnique() {
    assertThat(Refusal.values()).extracting(Refusal::code).doesNotHaveDuplicates().isSorted();
    assertThat(Refusal.values())
        .filteredOn(Refusal::closes)
        .extracting(Refusal::closeCode)
        .doesNotHaveDuplicates();
  }

  @Test
  void closeCodesOfTheProtocolAreThoseOfTheCode() {
    Map<Integer, Integer> code =
        Arrays.stream(Refusal.values())
            .filter(Refusal::closes)
            .collect(Collectors.toMap(Refusal::closeCode, Refusal::code));
    assertThat(FrameContract.load().closeCodes()).containsExactlyInAnyOrderEntriesOf(code);
  }

  private static String row(String... cells) {
    return Arrays.stream(cells).map(String::strip).collect(Collectors.joining(" | "));
  }
}
