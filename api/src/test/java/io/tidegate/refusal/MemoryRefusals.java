package io.tidegate.refusal;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Refusals in memory, for tests. {@link #away} plays PostgreSQL being away. */
public final class MemoryRefusals implements RefusalStore {
  private final Map<UUID, Occurrence> rows = new LinkedHashMap<>();
  private final Map<UUID, Long> leftOut = new LinkedHashMap<>();
  private boolean away;
  private int batches;
  private int largest;

  @Override
  public synchronized void add(List<Occurrence> told, List<LeftOut> gaps) throws SQLException {
    if (away) {
      throw new SQLTransientConnectionException("away, as the test has it");
    }
    batches++;
    largest = Math.max(largest, told.size());
    told.forEach(one -> rows.putIfAbsent(one.id(), one));
    for (LeftOut gap : gaps) {
      if (rows.containsKey(gap.after())) {
        leftOut.merge(gap.after(), gap.total(), Math::max);
      }
    }
  }

  @Override
  public synchronized List<Occurrence> read(RefusalQuery query, @Nullable UUID before, int limit) {
    List<Occurrence> newest = new ArrayList<>(rows.values()).reversed();
    return newest.stream().filter(one -> one.app().equals(query.app())).limit(limit).toList();
  }

  @Override
  public void forget() {}

  public synchronized void away(boolean isAway) {
    away = isAway;
  }

  synchronized List<Occurrence> rows() {
    return List.copyOf(rows.values());
  }

  synchronized long leftOut() {
    return leftOut.values().stream().mapToLong(Long::longValue).sum();
  }

  synchronized int batches() {
    return batches;
  }

  synchronized int largest() {
    return largest;
  }
}
