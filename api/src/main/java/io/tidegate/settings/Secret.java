package io.tidegate.settings;

/**
 * A secret of the installation, never printed by accident.
 *
 * @param origin where it came from: decides whether the banner may show it
 */
public record Secret(String text, Origin origin) {
  /** Where a secret came from. */
  public enum Origin {
    /** Set by whoever runs the installation: theirs to know, never shown. */
    GIVEN,
    /** Made by an earlier start, read from its file. */
    KEPT,
    /** Made by this start. */
    MADE
  }

  @Override
  public String toString() {
    return "Secret[" + origin + "]";
  }
}
