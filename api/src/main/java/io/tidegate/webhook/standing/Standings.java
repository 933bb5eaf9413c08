package io.tidegate.webhook.standing;

import io.tidegate.channel.AppId;
import io.tidegate.problem.RefusedException;
import io.tidegate.webhook.Webhooks;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part of what stands. Whatever it is told only marks a fact; a flush compares what is
 * marked with what the node has, and the {@link Ledger} writes the difference. What came and went
 * meanwhile was held for the time in which it could have come back, and is told.
 */
public final class Standings implements Witness, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Standings.class);

  private final Pace pace;
  private final Interest interest;
  private final Marks marks = new Marks();
  private final Holdings holdings = new Holdings();
  private final Turns turns = new Turns();
  private final Tenure tenure;
  private final Ledger ledger;
  private final StandingStore store;
  private final AtomicLong swept = new AtomicLong();
  private @Nullable Thread flushing;
  private volatile int held;
  private volatile int waiting;

  /** Something was not taken in for want of room; the flush's. */
  private boolean shortOfRoom;

  /** Set once, before the threads begin. */
  private @Nullable Inventory inventory;

  /**
   * @param node names this process and no other
   */
  public Standings(String node, Webhooks webhooks, StandingStore store, Pace pace) {
    this.pace = pace;
    this.store = store;
    this.interest = new Interest(webhooks);
    this.tenure = new Tenure(node, store, pace);
    this.ledger = new Ledger(holdings, tenure, store, pace);
  }

  /** Begins; until then it is only told. */
  public void start(Inventory ofNode) {
    inventory = ofNode;
    flushing =
        turns.begin("standings", Duration.ZERO, pace.flush(), () -> flush(System.nanoTime()));
    turns.begin("standings-lease", Duration.ZERO, pace.renew(), tenure::renew);
    turns.begin("standings-sweep", pace.first(), pace.sweep(), this::sweep);
  }

  @Override
  public boolean follows(AppId app, Kind kind) {
    return interest.mayFollow(app, kind);
  }

  @Override
  public void came(Fact fact, @Nullable Holding holding) {
    marks.add(fact, new Marks.Mark(holding, null));
  }

  @Override
  public void left(Fact fact, Duration grace) {
    marks.add(fact, new Marks.Mark(null, grace));
  }

  /** The app's webhooks may be others; told behind whoever reads them. */
  public void changed(AppId app) {
    interest.changed(app);
  }

  /** Facts that this node holds, some of them for a moment more. */
  public int held() {
    return held;
  }

  /** Facts that the store does not know of yet. */
  public int waiting() {
    return waiting;
  }

  /** Beginnings and ends of this node's holding that were written. */
  public long written() {
    return ledger.written();
  }

  /** What could not be told. */
  public long skipped() {
    return ledger.skipped();
  }

  /** What this node took out for nodes that were gone. */
  public long swept() {
    return swept.get();
  }

  private void sweep() {
    swept.addAndGet(store.sweep());
  }

  /** One turn; one thread at a time. May wait. */
  private void flush(long now) {
    Inventory here = inventory;
    if (here == null) {
      return;
    }
    try {
      if (tenure.takeLoss()) {
        LOG.warn("the lease under which this node's channels and members stand has ended");
        holdings.forgetWritten();
      }
      look(here, now);
      if (ledger.hold()) {
        leave(here, now);
      }
    } finally {
      held = holdings.size();
      waiting = holdings.waiting();
    }
  }

  private void look(Inventory here, long now) {
    Map<Fact, Marks.Mark> marked = marks.take();
    if (interest.forget() | marks.takeOverflow() | hasRoomAgain()) {
      addAll(here, null, marked);
    }
    for (AppId app : interest.takeChanged()) {
      try {
        interest.read(app);
        addAll(here, app, marked);
      } catch (RefusedException away) {
        LOG.debug("webhooks of app {} are read later: {}", app, away.detail());
        interest.changed(app);
      }
    }
    marked.forEach((fact, mark) -> settleOrKeep(here, fact, mark, now));
  }

  /** Everything that is here, or is taken to be. */
  private void addAll(Inventory here, @Nullable AppId app, Map<Fact, Marks.Mark> marked) {
    here.visit(
        app,
        (fact, holding) -> {
          if (interest.mayFollow(fact.app(), fact.kind())) {
            marked.putIfAbsent(fact, Marks.Mark.LOOK);
          }
        });
    for (Fact fact : holdings.facts()) {
      if (app == null || fact.app().equals(app)) {
        marked.putIfAbsent(fact, Marks.Mark.LOOK);
      }
    }
  }

  private boolean hasRoomAgain() {
    boolean again = shortOfRoom && holdings.hasMuchRoom();
    shortOfRoom &= !again;
    return again;
  }

  private void settleOrKeep(Inventory here, Fact fact, Marks.Mark mark, long now) {
    if (holdings.isFull() && !holdings.has(fact)) {
      shortOfRoom = true;
      ledger.skip();
      return;
    }
    try {
      settle(here, fact, mark, now);
    } catch (RefusedException away) {
      LOG.debug("nobody can say yet whether anybody wants it: {}", away.detail());
      marks.add(fact, mark);
    }
  }

  private void settle(Inventory here, Fact fact, Marks.Mark mark, long now) {
    if (!interest.wants(fact)) {
      // Nobody is told: its row goes without an event.
      holdings.leave(fact, now);
      return;
    }
    Holding holding = here.find(fact);
    if (holding != null) {
      holdings.hold(fact, holding);
      return;
    }
    Duration grace = mark.grace();
    boolean isNew = mark.came() != null;
    if (mark.came() != null) {
      holdings.hold(fact, mark.came());
    }
    if (isNew || grace != null || !holdings.isLeaving(fact)) {
      holdings.leave(fact, now + pace.delay(grace == null ? Duration.ZERO : grace).toNanos());
    }
  }

  private void leave(Inventory here, long now) {
    for (Fact fact : holdings.due(now)) {
      try {
        Holding holding = here.find(fact);
        if (holding != null && interest.wants(fact)) {
          holdings.hold(fact, holding);
        } else {
          ledger.leaves(fact);
        }
      } catch (RefusedException away) {
        LOG.debug("nobody can say yet whether anybody wants it: {}", away.detail());
        holdings.leave(fact, now);
      }
    }
    ledger.release(now);
  }

  /**
   * Writes what there is to write and ends the lease: what is held here is taken out by others,
   * each in its time, unless it has come back elsewhere.
   */
  @Override
  public void close() {
    turns.stop();
    Thread last = flushing;
    if (last == null) {
      return;
    }
    try {
      last.join();
      long now = System.nanoTime();
      flush(now);
      ledger.extend(now);
      tenure.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.info("what stands here is taken out when this node's lease has ended", e);
    }
  }
}
