package io.tidegate.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.channel.AppId;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Three nodes tell each other of moves, over whatever Redis they have. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
abstract class MovesContract {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final AppId APP = new AppId("482913");

  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final Node one = new Node("one");
  private final Node two = new Node("two");
  private final Node three = new Node("three");

  /** Of Redis. */
  abstract String url();

  /** The server that has what is told. */
  abstract RedisProcess server();

  private final class Node implements Moves.Listener, AutoCloseable {
    private final RedisLink link = PatientLink.open(url(), timer);
    private final Set<Move> here = ConcurrentHashMap.newKeySet();
    private final List<Move> heard = new CopyOnWriteArrayList<>();
    private final RedisMoves moves;

    Node(String name) {
      moves = new RedisMoves(link, name, new RedisRoster(link, new Nobody()), timer);
      moves.listen(this);
    }

    /** It is there before it is told, as a session is. */
    void tell(Move move) {
      here.add(move);
      moves.tell(move);
    }

    @Override
    public boolean has(Move move) {
      return here.contains(move);
    }

    @Override
    public void wentOn(Move move) {
      heard.add(move);
    }

    void awaitHeard(Move move) {
      await().atMost(PATIENCE).until(() -> heard.contains(move));
    }

    /** Whether the server of what is told does not answer this node. */
    boolean isCutOff() {
      return link.ask(commands -> commands.llen(RedisMoves.KEYS.getFirst()))
          .handle((length, failure) -> failure != null)
          .toCompletableFuture()
          .completeOnTimeout(true, RedisLink.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    }

    @Override
    public void close() {
      link.close();
    }
  }

  private static final class Nobody implements Leases {
    @Override
    public String own() {
      return "nobody-1";
    }

    @Override
    public long term() {
      return 1;
    }

    @Override
    public List<String> live() {
      return List.of();
    }
  }

  /** Returns when each has read how far it goes: what is told from here on is news to all. */
  @BeforeEach
  void begin() {
    for (Node node : List.of(one, two, three)) {
      Node other = node == one ? two : one;
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                other.tell(move("begins", 1));
                return !node.heard.isEmpty();
              });
    }
    one.tell(move("settled", 1));
    two.awaitHeard(move("settled", 1));
    three.awaitHeard(move("settled", 1));
    two.tell(move("settled", 2));
    one.awaitHeard(move("settled", 2));
    three.awaitHeard(move("settled", 2));
    List.of(one, two, three).forEach(node -> node.heard.clear());
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
    three.close();
    timer.shutdownNow();
  }

  private static Move move(String id, int turn) {
    return new Move(APP, id, turn, false);
  }

  @Test
  void everyOtherNodeHearsOfAMoveOnce() {
    one.tell(move("a-1", 3));
    two.awaitHeard(move("a-1", 3));
    three.awaitHeard(move("a-1", 3));
    two.tell(move("b", 1));
    one.awaitHeard(move("b", 1));
    three.awaitHeard(move("b", 1));
    assertThat(one.heard).containsExactly(move("b", 1));
    assertThat(two.heard).containsExactly(move("a-1", 3));
    assertThat(three.heard).containsExactly(move("a-1", 3), move("b", 1));
  }

  @Test
  void manyMovesArriveInOrder() {
    List<Move> many = IntStream.range(0, 2_000).mapToObj(i -> move("many" + i, 1)).toList();
    many.forEach(one::tell);
    two.awaitHeard(many.getLast());
    assertThat(two.heard).containsExactlyElementsOf(many);
  }

  @Test
  void whatIsToldWhileRedisIsAwayIsToldWhenItIsBack() {
    server().kill();
    await().atMost(PATIENCE).until(() -> one.isCutOff() && two.isCutOff());
    one.tell(move("a", 1));
    one.tell(move("broke", 1));
    one.here.remove(move("broke", 1));
    server().restart();
    two.awaitHeard(move("a", 1));
    one.tell(move("b", 1));
    two.awaitHeard(move("b", 1));
    assertThat(two.heard).doesNotContain(move("broke", 1));
    assertThat(one.heard).isEmpty();
  }

  /** Whoever has been told before it told the same is not told of the older line. */
  @Test
  void ofTwoThatTellTheSameTheLaterOneStays() {
    Move same = move("same", 1);
    Move withPlace = new Move(APP, "same", 1, true);
    server().signal("STOP");
    one.here.add(withPlace);
    two.here.add(same);
    one.moves.tell(withPlace);
    two.moves.tell(same);
    server().signal("CONT");
    three.awaitHeard(same);
    three.awaitHeard(withPlace);
    await().atMost(PATIENCE).until(() -> one.heard.contains(same) || two.heard.contains(withPlace));
    one.tell(move("last", 1));
    two.awaitHeard(move("last", 1));
    two.tell(move("last", 2));
    one.awaitHeard(move("last", 2));
    assertThat(one.heard.contains(same)).isNotEqualTo(two.heard.contains(withPlace));
  }

  @Test
  void aMoveIsReadAsItWasWritten() {
    Move odd = new Move(APP, "#id with blanks", Integer.MAX_VALUE, true);
    assertThat(Move.parse(odd.text())).isEqualTo(odd);
    assertThat(Move.parse(move("a", 1).text())).isEqualTo(move("a", 1));
  }
}
