package io.tidegate.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.TokenLimits;
import io.tidegate.broker.BrokerListener;
import io.tidegate.broker.MemoryBroker;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Message;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Operation;
import io.tidegate.channel.Published;
import io.tidegate.limit.MemoryCensus;
import io.tidegate.log.MemoryMessageLog;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.store.Stores;
import io.tidegate.tenant.MemoryDirectory;
import io.tidegate.trace.UnitTrace;
import io.tidegate.usage.Meters;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublisherTest {
  private static final ChannelName CHANNEL = new ChannelName("chat:room-7");

  private final MemoryDirectory directory = new MemoryDirectory();
  private final MemoryBroker broker = new MemoryBroker(InstantSource.system(), 64 << 20);
  private final Stores stores = new Stores(directory, broker, new MemoryMessageLog());
  private final Publisher publisher =
      new Publisher(stores, MemoryCensus.quotas(directory), new Meters());
  private final List<Message> heard = new ArrayList<>();

  @BeforeEach
  void begin() {
    directory.putApp(Principals.APP, Principals.TENANT);
    broker.listen(
        new BrokerListener() {
          @Override
          public void onMessages(
              ChannelId channel, Epoch epoch, List<Message> messages, @Nullable UnitTrace trace) {
            assertThat(channel).isEqualTo(new ChannelId(Principals.APP, CHANNEL));
            heard.addAll(messages);
          }

          @Override
          public void onEpoch(ChannelId channel, EpochStart next, EpochEnd reason) {}
        });
  }

  @ParameterizedTest
  @EnumSource
  void messagesGoIntoTheStoreTheRulesNameAndAreHeardOnce(Durability durability) {
    rules(durability, 65_536, true, false);
    Published first = publish(Principals.key(), "[{\"id\":\"a\",\"data\":1},{\"data\":2}]");
    Published second = publish(Principals.key(), "{\"data\":3}");
    assertThat(first.items()).extracting(Published.Item::seq).containsExactly(1L, 2L);
    assertThat(first.items().getFirst().id()).isEqualTo("a");
    assertThat(second.items()).extracting(Published.Item::seq).containsExactly(3L);
    assertThat(heard).extracting(Message::seq).containsExactly(1L, 2L, 3L);
    assertThat(kept(durability)).isEqualTo(durability == Durability.NONE ? 0 : 3);
    assertThat(publisher.units()).isEqualTo(2);
    assertThat(publisher.messages()).isEqualTo(3);
    assertThat(publisher.refusals()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"WINDOW", "DURABLE"})
  void aRetryIsAnsweredLikeTheFirstTimeAndNotHeard(Durability durability) {
    rules(durability, 65_536, true, false);
    Published first = publish(Principals.key(), "{\"id\":\"a\",\"data\":1}");
    Published retry = publish(Principals.key(), "{\"id\":\"a\",\"data\":1}");
    assertThat(retry.items()).isEqualTo(first.items());
    assertThat(heard).hasSize(1);
    assertThat(publisher.messages()).isEqualTo(1);
    assertThat(refusal(Principals.key(), "{\"id\":\"a\",\"data\":2}"))
        .isEqualTo(Refusal.MESSAGE_ID_REUSED);
  }

  @Test
  void onlyWhoMayPublishHereDoes() {
    rules(Durability.WINDOW, 65_536, true, false);
    assertThat(refusal(Principals.key("chat:*", Operation.SUBSCRIBE), "{\"data\":1}"))
        .isEqualTo(Refusal.CAPABILITY_REFUSED);
    assertThat(refusal(Principals.key("orders:*", Operation.PUBLISH), "{\"data\":1}"))
        .isEqualTo(Refusal.CAPABILITY_REFUSED);
    assertThat(publish(Principals.key("chat:*", Operation.PUBLISH), "{\"data\":1}").fresh())
        .hasSize(1);
    assertThat(publish(Principals.token(null), "{\"data\":1}").fresh()).hasSize(1);
    assertThat(publisher.refusals()).isEqualTo(2);
    assertThat(heard).hasSize(2);
  }

  @Test
  void aNamespaceMayLetOnlyKeysPublish() {
    rules(Durability.WINDOW, 65_536, false, false);
    assertThat(refusal(Principals.token("ada"), "{\"data\":1}"))
        .isEqualTo(Refusal.CLIENT_PUBLISH_OFF);
    assertThat(publish(Principals.key(), "{\"data\":1}").fresh()).hasSize(1);
  }

  @Test
  void aNamespaceMayWantTokensToNameTheirClient() {
    rules(Durability.WINDOW, 65_536, true, true);
    assertThat(refusal(Principals.token(null), "{\"data\":1}"))
        .isEqualTo(Refusal.CLIENT_ID_REQUIRED);
    publish(Principals.token("ada"), "{\"data\":1}");
    publish(Principals.key(), "{\"data\":1}");
    assertThat(heard).extracting(Message::clientId).containsExactly("ada", null);
  }

  @Test
  void nobodyPublishesInAnothersNameEvenWithDraftsOfTheirOwnMaking() {
    rules(Durability.WINDOW, 65_536, true, false);
    Draft forged = new Draft("a", null, new byte[] {'1'}, null, "bob", null, null, null);
    assertThat(refusal(publisher.publish(Principals.token("ada"), CHANNEL, List.of(forged))))
        .isEqualTo(Refusal.CLIENT_ID_INVALID);
    assertThat(heard).isEmpty();
  }

  @Test
  void theSizeOfAMessageIsItsDataNameAndHeadersInBytes() {
    rules(Durability.WINDOW, 21, true, false);
    String fits = "{\"name\":\"é\",\"data\":\"12345678\",\"headers\":{\"a\":\"b\"}}";
    assertThat(publish(Principals.key(), fits).fresh()).hasSize(1);
    assertThat(refusal(Principals.key(), fits.replace("8", "89")))
        .isEqualTo(Refusal.MESSAGE_TOO_LARGE);
    assertThat(refusal(Principals.key(), "[{\"data\":1}," + fits.replace("é", "éé") + "]"))
        .isEqualTo(Refusal.MESSAGE_TOO_LARGE);
    AppPrincipal narrow =
        Principals.token("ada", new TokenLimits(Map.of(TokenLimits.Limit.MAX_MESSAGE_BYTES, 3)));
    assertThat(refusal(narrow, "{\"data\":1234}")).isEqualTo(Refusal.MESSAGE_TOO_LARGE);
    assertThat(publish(narrow, "{\"data\":123}").fresh()).hasSize(1);
    assertThat(heard).hasSize(2);
  }

  @Test
  void whatCannotBeLookedUpIsRefusedNotThrown() {
    directory.removeApp(Principals.APP);
    assertThat(refusal(Principals.key(), "{\"data\":1}")).isEqualTo(Refusal.NOT_FOUND);
    directory.putApp(Principals.APP, Principals.TENANT);
    directory.storeAway(true);
    directory.removeApp(Principals.APP);
    MemoryDirectory unknown = new MemoryDirectory();
    unknown.storeAway(true);
    Publisher away =
        new Publisher(
            new Stores(unknown, broker, new MemoryMessageLog()),
            MemoryCensus.quotas(unknown),
            new Meters());
    assertThat(
            refusal(
                away.publish(Principals.key(), CHANNEL, read(Principals.key(), "{\"data\":1}"))))
        .isEqualTo(Refusal.STORE_UNAVAILABLE);
  }

  private void rules(
      Durability durability, int maxBytes, boolean clientPublish, boolean requireClientId) {
    Namespace plain = Namespace.DEFAULT;
    directory.putRules(
        Principals.APP,
        new Namespace(
            "n",
            new ChannelPattern("chat:*"),
            durability,
            plain.window(),
            plain.retentionDays(),
            plain.rewind(),
            maxBytes,
            plain.open(),
            clientPublish,
            plain.presence(),
            plain.conflate(),
            requireClientId));
  }

  private int kept(Durability durability) {
    var held = stores.of(new ChannelId(Principals.APP, CHANNEL));
    assertThat(held.durability()).isEqualTo(durability);
    return held.readForward(1, 100).size();
  }

  private Published publish(AppPrincipal who, String body) {
    return publisher.publish(who, CHANNEL, read(who, body)).toCompletableFuture().join();
  }

  private Refusal refusal(AppPrincipal who, String body) {
    return refusal(publisher.publish(who, CHANNEL, read(who, body)));
  }

  private static Refusal refusal(CompletionStage<Published> answer) {
    @Nullable Throwable failure =
        answer.<@Nullable Throwable>handle((done, why) -> why).toCompletableFuture().join();
    assertThat(failure).isNotNull();
    return RefusedException.of(failure).refusal();
  }

  private static List<Draft> read(AppPrincipal who, String body) {
    return DraftReader.readBody(body.getBytes(UTF_8), who);
  }
}
