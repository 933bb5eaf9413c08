package io.tidegate.sdk;

/** The members of a channel. Implemented by the SDK alone. */
public interface Presence {
  /** Who is present now, asked of the gateway page by page; nobody where only the count is told. */
  Paged<Member> get();

  /** How many are present now, asked of the gateway. */
  long count();
}
