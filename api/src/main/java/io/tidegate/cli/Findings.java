package io.tidegate.cli;

import java.io.PrintStream;

/** What a check has found: one line each, {@code ok}, {@code warn} or {@code fail}. */
final class Findings {
  private final PrintStream out;
  private boolean failed;

  Findings(PrintStream out) {
    this.out = out;
  }

  void ok(String about, String text) {
    line("ok  ", about, text);
  }

  /** A start would do, but somebody should know. */
  void warn(String about, String text) {
    line("warn", about, text);
  }

  /** A start would not do what is expected of it. */
  void fail(String about, String text) {
    failed = true;
    line("fail", about, text);
  }

  boolean allWell() {
    return !failed;
  }

  private void line(String kind, String about, String text) {
    out.println(kind + "  " + about + ": " + text);
  }
}
