package io.tidegate.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Namespace.Presence.Mode;
import io.tidegate.frame.EventJson;
import io.tidegate.frame.ServerEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 10,000 members: all are paged, and what changes meanwhile is told. */
final class LargeChannelStaysInSyncTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MEMBERS = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final MemoryPresence store = new MemoryPresence(System::nanoTime, 1);
  private final PresenceFigures figures = new PresenceFigures();
  private final Rooms rooms =
      new Rooms(store, task -> Thread.ofVirtual().start(task), timer, figures);
  private final ChannelId channel = PresenceContract.channel("hall");

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  /** Keeps the set as the contract tells a client to, and asks for page after page. */
  private final class Client implements Watcher {
    private final Map<String, String> members = new HashMap<>();
    private final Set<String> inSync = new HashSet<>();
    private boolean paging;
    private int frames;
    private int largest;

    @Override
    public synchronized void onPresence(ServerEvent.Presence event, @Nullable String next) {
      byte[] bytes = EventJson.write(event);
      frames++;
      largest = Math.max(largest, bytes.length);
      JsonNode frame = read(bytes);
      boolean sync = event.action() == ServerEvent.Presence.Action.SYNC;
      if (sync && !paging) {
        inSync.clear();
        paging = true;
      }
      for (JsonNode member : frame.path("members")) {
        String key = member.path("clientId").asText();
        if (event.action() == ServerEvent.Presence.Action.LEAVE) {
          members.remove(key);
        } else {
          members.put(key, member.path("data").toString());
          inSync.add(key);
        }
      }
      if (sync && next == null) {
        paging = false;
        members.keySet().retainAll(inSync);
      } else if (next != null) {
        rooms.sync(channel, this, next);
      }
    }

    synchronized Map<String, String> members() {
      return paging ? Map.of() : Map.copyOf(members);
    }

    synchronized int frames() {
      return frames;
    }

    synchronized int largest() {
      return largest;
    }
  }

  private static JsonNode read(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void enter(int number, String data) {
    store.enter(channel, member(number, data), number, MEMBERS, false);
  }

  private static Member member(int number, String data) {
    return new Member("client-" + number, "n1-" + number, data);
  }

  private Map<String, String> truth() {
    Map<String, String> members = new HashMap<>();
    store.read(channel).members().values().forEach(m -> members.put(m.clientId(), m.data()));
    return members;
  }

  private void awaitTruth(Client client) {
    await().atMost(PATIENCE).until(() -> client.members().equals(truth()));
  }

  @Test
  void everyMemberIsToldAndWhatChangesMeanwhile() {
    Client early = new Client();
    rooms.watch(channel, Mode.MEMBERS, early);
    for (int i = 0; i < MEMBERS; i++) {
      enter(i, "{\"n\":" + i + "}");
    }
    Client late = new Client();
    rooms.watch(channel, Mode.MEMBERS, late);
    for (int i = 0; i < MEMBERS; i += 3) {
      store.leave(channel, member(i, "").key(), i);
      enter((i + 1) % MEMBERS, "\"changed\"");
    }
    awaitTruth(early);
    awaitTruth(late);
    assertThat(truth().size()).isBetween(MEMBERS / 2, MEMBERS);
    assertThat(late.largest()).isLessThan(32 << 10);

    int before = early.frames();
    for (int i = 2; i < MEMBERS; i += 3) {
      enter(i, "\"again\"");
    }
    awaitTruth(early);
    // Changes of one second are told together, not one by one.
    assertThat(early.frames() - before).isLessThan(MEMBERS / 3 / 2);
  }

  @Test
  void onlyCountsAreToldWhereNobodyIsNamed() {
    int[] told = new int[2];
    rooms.watch(
        channel,
        Mode.OCCUPANCY,
        (event, next) -> {
          assertThat(event.members()).isNull();
          Long count = event.count();
          synchronized (told) {
            told[0] = count == null ? -1 : count.intValue();
            told[1]++;
          }
        });
    for (int i = 0; i < MEMBERS; i++) {
      enter(i, "1");
    }
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              synchronized (told) {
                return told[0] == MEMBERS;
              }
            });
    synchronized (told) {
      assertThat(told[1]).isLessThan(100);
    }
  }
}
