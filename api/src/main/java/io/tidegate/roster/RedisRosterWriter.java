package io.tidegate.roster;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.channel.AppId;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisScript;
import io.tidegate.roster.RedisSheet.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps in Redis what this node has of one kind: compares with what was written, writes only what
 * differs, and waits for each part before the next, so that a slow server is asked less. Under
 * another lease all is written again. One thread.
 */
final class RedisRosterWriter {
  /** A script with so many names holds the server up for about a millisecond. */
  private static final int WRITTEN_AT_ONCE = 500;

  /** Long enough to need no care: what counts is the lease. It clears away what the dead left. */
  private static final long KEPT_MILLIS = TimeUnit.MINUTES.toMillis(10);

  /** Sheets that did not change are told to stay, and counted: a server may have lost some. */
  private static final long RENEWED_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final RedisScript WRITE = RedisScript.of("roster-write");

  private final RedisLink link;
  private final Kind kind;
  private final Map<AppId, Written> sheets = new HashMap<>();
  private String lease = "";
  private long term = -1;
  private long round;

  RedisRosterWriter(RedisLink link, Kind kind) {
    this.link = link;
    this.kind = kind;
  }

  /** One app's, as it was written; its sizes are those of what the node has. */
  private static final class Written {
    private final Map<String, Entry> entries = new HashMap<>();
    private final List<byte[]> puts = new ArrayList<>();

    /** What is in Redis is not known: it is taken away and written again. */
    private boolean unsure = true;

    private long renewedNanos;
  }

  private static final class Entry {
    private int version;
    private long round;
  }

  /**
   * @throws RefusedException STORE_UNAVAILABLE; what was not written is found again
   */
  void write(Leases leases, Inventory inventory) {
    long now = leases.term();
    if (now != term) {
      // The name comes before its number: one that is too old is found out the next time.
      lease = leases.own();
      term = now;
      sheets.clear();
    }
    round++;
    inventory.visit(this::note);
    for (Iterator<Map.Entry<AppId, Written>> all = sheets.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<AppId, Written> one = all.next();
      flush(one.getKey(), one.getValue());
      if (one.getValue().entries.isEmpty()) {
        all.remove();
      }
    }
  }

  private void note(AppId app, String name, int version, Supplier<String> value) {
    Written sheet = sheets.computeIfAbsent(app, id -> new Written());
    Entry entry = sheet.entries.get(name);
    if (entry == null || entry.version != version) {
      sheet.puts.add(RedisSheet.utf8(name));
      sheet.puts.add(RedisSheet.utf8(value.get()));
    }
    if (entry == null) {
      entry = new Entry();
      sheet.entries.put(name, entry);
    }
    entry.version = version;
    entry.round = round;
  }

  private void flush(AppId app, Written sheet) {
    List<byte[]> gone = new ArrayList<>();
    for (Iterator<Map.Entry<String, Entry>> all = sheet.entries.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<String, Entry> one = all.next();
      if (one.getValue().round != round) {
        gone.add(RedisSheet.utf8(one.getKey()));
        all.remove();
      }
    }
    RedisSheet keys = RedisSheet.of(kind, app, lease);
    List<byte[]> puts = List.copyOf(sheet.puts);
    sheet.puts.clear();
    try {
      if (sheet.unsure) {
        RedisRoster.await(link.ask(redis -> redis.del(keys.index(), keys.values())));
        sheet.unsure = false;
      }
      boolean isDue = System.nanoTime() - sheet.renewedNanos > RENEWED_NANOS;
      if (!puts.isEmpty() || !gone.isEmpty() || isDue) {
        sheet.renewedNanos = System.nanoTime();
        if (write(keys, puts, gone) != sheet.entries.size()) {
          lose(sheet);
        }
      }
    } catch (RefusedException e) {
      lose(sheet);
      throw e;
    }
  }

  /** Everything is new the next time. */
  private static void lose(Written sheet) {
    sheet.unsure = true;
    sheet.entries.clear();
  }

  /** How many names the sheet has then. */
  private long write(RedisSheet keys, List<byte[]> puts, List<byte[]> gone) {
    long size = 0;
    int put = 0;
    int taken = 0;
    do {
      int puttingTo = Math.min(puts.size(), put + 2 * WRITTEN_AT_ONCE);
      int takingTo = Math.min(gone.size(), taken + WRITTEN_AT_ONCE);
      List<byte[]> args = new ArrayList<>();
      args.add(RedisSheet.utf8(Long.toString(KEPT_MILLIS)));
      args.add(RedisSheet.utf8(Integer.toString(puttingTo - put)));
      args.addAll(puts.subList(put, puttingTo));
      args.addAll(gone.subList(taken, takingTo));
      size =
          RedisRoster.await(
              link.<Long>eval(
                  WRITE, ScriptOutputType.INTEGER, keys.keys(), args.toArray(byte[][]::new)));
      put = puttingTo;
      taken = takingTo;
    } while (put < puts.size() || taken < gone.size());
    return size;
  }
}
