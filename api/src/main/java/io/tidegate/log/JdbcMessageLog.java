package io.tidegate.log;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.figures.Buckets;
import io.tidegate.problem.RefusedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * The log in PostgreSQL: appends go to the lane of their channel and are committed in groups; reads
 * go straight to the database. See {@link JdbcAppend} for what makes it exact.
 */
public final class JdbcMessageLog implements MessageLog, AutoCloseable {
  private final JdbcLogPools pools;
  private final Witness witness;
  private final LogBreakers breakers;
  private final JdbcGenerations generations;
  private final JdbcSession changing;
  private final List<Lane> lanes;
  private volatile boolean closed;
  private final JdbcHeads heads;
  private final JdbcReads reads;
  private final JdbcRenewal renewal;
  private final JdbcMoves moves;
  private final JdbcRetention retention;

  /** One that nobody listens to. */
  public JdbcMessageLog(
      JdbcLogPools pools, LogBreakers breakers, LogSettings settings, boolean alone) {
    this(pools, breakers, settings, alone, Witness.NOBODY);
  }

  /**
   * @param pools closed with the log, as are the breakers over them
   * @param alone whether no other node reads what this one writes
   */
  public JdbcMessageLog(
      JdbcLogPools pools,
      LogBreakers breakers,
      LogSettings settings,
      boolean alone,
      Witness witness) {
    JdbcCommits commits = alone ? JdbcCommits.NONE : JdbcCommits.KEPT;
    this.pools = pools;
    this.witness = witness;
    this.breakers = breakers;
    DataSource write = pools.lanes();
    this.generations = new JdbcGenerations();
    this.changing = new JdbcSession(pools.changes(), breakers.changes());
    JdbcSession reading = new JdbcSession(pools.reads(), breakers.reads());
    this.heads = new JdbcHeads(reading);
    this.reads = new JdbcReads(reading, heads);
    this.renewal = new JdbcRenewal(changing, heads, generations, commits);
    this.moves = new JdbcMoves(changing, heads, generations, renewal);
    JdbcPartitions partitions = new JdbcPartitions(write);
    JdbcAppend append =
        new JdbcAppend(
            write, generations, new JdbcChannelIds(), partitions, new JdbcRows(commits, witness));
    this.retention = new JdbcRetention(pools.changes(), partitions);
    BatchCommitter committer =
        new BatchCommitter(settings, append, new JdbcOutcome(write), breakers.lanes());
    this.lanes =
        IntStream.range(0, settings.lanes())
            .mapToObj(number -> new Lane(number, settings, committer))
            .toList();
    lanes.forEach(Lane::start);
  }

  @Override
  public CompletionStage<Published> append(
      PublishUnit unit, Retention keep, Consumer<Published> onCommit) {
    boolean witnessed;
    try {
      witnessed = witness.wants(unit.channel());
    } catch (RefusedException unknown) {
      return CompletableFuture.failedFuture(unknown);
    }
    PendingUnit pending = new PendingUnit(unit, keep, witnessed, onCommit);
    if (!breakers.lanes().isClosed()) {
      pending.refuse(closed ? Refusals.closed() : breakers.lanes().refuse());
    } else if (!laneOf(unit.channel()).offer(pending)) {
      pending.refuse(closed ? Refusals.closed() : Refusals.queueFull());
    }
    return pending.answer();
  }

  private Lane laneOf(ChannelId channel) {
    return lanes.get(Math.floorMod(channel.hashCode() * 0x9E3779B9, lanes.size()));
  }

  /** Messages that wait to be written. */
  public int waiting() {
    return lanes.stream().mapToInt(Lane::waiting).sum();
  }

  /** How many messages each batch has, by lane. */
  public List<Buckets> batchSizes() {
    return lanes.stream().map(Lane::sizes).toList();
  }

  /** How long each batch takes until its units are answered, in ns, by lane. */
  public List<Buckets> batchNanos() {
    return lanes.stream().map(Lane::nanos).toList();
  }

  public JdbcLogPools pools() {
    return pools;
  }

  LogBreakers breakers() {
    return breakers;
  }

  @Override
  public ChannelStore of(TenantId tenant) {
    return new JdbcTenantLog(tenant, heads, reads, renewal, moves);
  }

  @Override
  public long storedBytes(TenantId tenant) {
    return heads.storedBytes(tenant);
  }

  /** What other nodes have appended, for one reader. */
  public JdbcTrail trail() {
    return new JdbcTrail(changing);
  }

  /** Forgets every channel of an app that is being deleted. */
  public void eraseApp(AppId app) {
    renewal.forgetAll(app);
  }

  /**
   * Looks at the database: whether it keeps what it acknowledges, and whether it is the one it was.
   *
   * @throws RefusedException DURABLE_UNAVAILABLE, STORE_UNAVAILABLE
   */
  public void check() {
    changing.write(
        connection -> {
          generations.check(connection);
          return true;
        });
  }

  /** Ends every durable epoch: the database was restored from a copy or a dump. */
  public void restored() {
    changing.write(
        connection -> {
          JdbcGenerations.begin(connection, "restored");
          return true;
        });
  }

  /** The background work; somebody calls its {@code sweep} every few minutes. */
  public JdbcRetention retention() {
    return retention;
  }

  /** Takes nothing more and writes what waits. */
  @Override
  public void close() {
    closed = true;
    lanes.parallelStream().forEach(Lane::close);
    breakers.close();
    pools.close();
  }
}
