package io.tidegate.simulation;

/** What could be wrong with a gateway, planted to see that the simulation notices. */
enum Bug {
  NONE,
  /** A publish is answered, and then lost before its commit. */
  ACKNOWLEDGES_BEFORE_COMMIT,
  /** One of a few messages is left out on its way to a client. */
  LOSES_AT_HANDOVER,
  /** Two messages of a unit change places on their way to another node. */
  SWAPS_TWO,
  /** A store that has lost everything goes on under its old epoch. */
  REUSES_AN_EPOCH,
  /** Nobody looks for a last message that was lost on its way. */
  SKIPS_TAIL_REPAIR,
  /** A client goes live without what it missed while it resumed. */
  SKIPS_THE_MERGE
}
