package io.tidegate.refusal;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where refusals are kept for a day. */
public interface RefusalStore {
  /**
   * Adds all or nothing; what is there already stays as it is, and what is of apps that are erased
   * is left out. Trusts its caller: no text holds a secret.
   *
   * @throws SQLException when nothing was added, or nobody knows
   */
  void add(List<Occurrence> told, List<LeftOut> leftOut) throws SQLException;

  /**
   * The newest first, at most {@code limit}.
   *
   * @param before the last of the page before; null: from the newest on
   * @throws io.tidegate.problem.RefusedException STORE_UNAVAILABLE
   */
  List<Occurrence> read(RefusalQuery query, @Nullable UUID before, int limit);

  /** Drops what is older than a day. */
  void forget() throws SQLException;
}
