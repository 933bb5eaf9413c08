package io.tidegate.presence;

/**
 * What somebody who comes back knows of a channel's members already.
 *
 * @param number the version; where only counts are told the count; -1: nothing
 * @param after the key that the next page is behind, when pages are still to come; else empty
 */
public record Seen(long number, String after) {
  public static final Seen NOTHING = new Seen(-1, "");
}
