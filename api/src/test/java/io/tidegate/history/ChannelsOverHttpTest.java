package io.tidegate.history;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@WireTest
class ChannelsOverHttpTest {
  private final Target gateway = SharedGateway.target();
  private final TestApp app = TestApp.create(gateway, "channels");
  private final Rest rest = app.rest();

  @BeforeAll
  void namespaces() {
    app.namespace("durable", "{'pattern':'d:*','durability':'durable'}");
    app.namespace("none", "{'pattern':'n:*','durability':'none'}");
  }

  private void publish(TestApp into, String... channels) {
    String names =
        List.of(channels).stream().map(c -> "\"" + c + "\"").collect(Collectors.joining(","));
    into.rest()
        .post(
            "/v1/messages",
            "{\"items\":[{\"channels\":[" + names + "],\"messages\":[{\"data\":1}]}]}")
        .expect(200);
  }

  /** All pages, by the Link of each. */
  private static List<String> list(Rest from, String query) {
    List<String> names = new ArrayList<>();
    String next = "/v1/channels" + query;
    while (next != null) {
      Answer page = from.get(next).expect(200);
      names.addAll(page.json().path("items").findValuesAsText("channel"));
      String link = page.headers().firstValue("Link").orElse(null);
      assertThat(link == null).isEqualTo(page.json().path("next").isNull());
      next = link == null ? null : link.substring(1, link.indexOf('>'));
    }
    return names;
  }

  @Test
  void channelsOfAllStoresAreListedInOneOrder() {
    TestApp own = TestApp.create(gateway, "list");
    own.namespace("durable", "{'pattern':'d:*','durability':'durable'}");
    own.namespace("none", "{'pattern':'n:*','durability':'none'}");
    publish(own, "d:b", "w:b", "d:a", "w:a", "n:kept-nothing", "w:\uE000", "w:😀", "d:grüße");
    List<String> all = List.of("d:a", "d:b", "d:grüße", "w:a", "w:b", "w:\uE000", "w:😀");
    for (int size : List.of(1, 2, 3, 1000)) {
      assertThat(list(own.rest(), "?limit=" + size)).isEqualTo(all);
    }
    assertThat(list(own.rest(), "?prefix=w:&limit=1")).isEqualTo(all.subList(3, 7));
    assertThat(list(own.rest(), "?prefix=w:a")).containsExactly("w:a");
    assertThat(list(own.rest(), "?prefix=x")).isEmpty();
  }

  @Test
  void aKeySeesOnlyTheChannelsItAdministers() {
    TestApp own = TestApp.create(gateway, "seen");
    String[] names = IntStream.range(0, 100).mapToObj(i -> "hidden:" + i).toArray(String[]::new);
    publish(own, names);
    publish(own, "seen:a", "seen:b");
    Rest some =
        own.withKey(own.control().key(own.id(), json("{'seen:*':['admin'],'*':['publish']}")))
            .rest();
    assertThat(list(some, "?limit=1")).containsExactly("seen:a", "seen:b");
    assertThat(some.get("/v1/channels/hidden%3A1").expect(403).code()).isEqualTo(40301);
    assertThat(some.delete("/v1/channels/hidden%3A1").expect(403).code()).isEqualTo(40301);
    some.get("/v1/channels/seen%3Aa").expect(200);
  }

  @Test
  void listingIsForKeysWithAdmin() {
    Rest token = new Rest(gateway, Credential.bearer(app.token("ada", "{'*':['publish']}")));
    assertThat(token.get("/v1/channels").expect(403).code()).isEqualTo(40303);
    assertThat(token.get("/v1/channels/a").expect(403).code()).isEqualTo(40303);
    assertThat(token.delete("/v1/channels/a").expect(403).code()).isEqualTo(40303);
    Rest weak =
        app.withKey(app.control().key(app.id(), json("{'*':['publish','history']}"))).rest();
    assertThat(weak.get("/v1/channels").expect(403).code()).isEqualTo(40301);
  }

  @Test
  void aCursorFitsOnlyItsPrefixAndApp() {
    publish(app, "w:c1", "w:c2", "w:c3");
    String cursor =
        rest.get("/v1/channels?prefix=w:c&limit=1").expect(200).json().path("next").asText();
    assertThat(
            rest.get("/v1/channels?prefix=w:c&cursor=" + cursor).expect(200).json().path("items"))
        .hasSize(2);
    assertThat(rest.get("/v1/channels?prefix=w&cursor=" + cursor).expect(400).code())
        .isEqualTo(40052);
    TestApp other = TestApp.create(gateway, "another");
    assertThat(other.rest().get("/v1/channels?cursor=" + cursor).expect(400).code())
        .isEqualTo(40052);
    assertThat(rest.get("/v1/channels?prefix=" + "x".repeat(256)).expect(400).code())
        .isEqualTo(40003);
  }

  @Test
  void aNameOfAnyLengthCanBeACursor() {
    String longest = "😀".repeat(255);
    publish(app, longest, "😀😀");
    List<String> names = list(rest, "?limit=1&prefix=" + Rest.encode("😀"));
    assertThat(names).containsExactly("😀😀", longest);
  }

  @Test
  void aChannelSaysWhereItStandsAndWhichRulesItFollows() {
    publish(app, "d:detail", "w:detail", "n:detail");
    JsonNode durable = app.channel("d:detail");
    assertThat(durable.path("namespace").asText()).isEqualTo("durable");
    assertThat(durable.path("durability").asText()).isEqualTo("durable");
    assertThat(durable.path("seq").asInt()).isEqualTo(1);
    assertThat(durable.path("firstSeq").asInt()).isEqualTo(1);
    assertThat(app.channel("w:detail").path("namespace").isNull()).isTrue();
    assertThat(app.channel("n:detail").path("firstSeq").isNull()).isTrue();
    JsonNode unused = app.channel("w:never");
    assertThat(unused.path("epoch").isNull()).isTrue();
    assertThat(unused.path("seq").asInt()).isZero();
    assertThat(unused.path("occupancy").toString())
        .isEqualTo(json("{'subscribers':0,'connections':0}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"d:deleted", "w:deleted", "n:deleted"})
  void aDeletedChannelForgetsAndCountsOn(String channel) {
    publish(app, channel);
    publish(app, channel);
    String epoch = app.channel(channel).path("epoch").asText();
    rest.delete("/v1/channels/" + Rest.encode(channel)).expect(204);
    JsonNode after = app.channel(channel);
    assertThat(after.path("epoch").asText()).isNotEqualTo(epoch);
    assertThat(after.path("seq").asInt()).isEqualTo(2);
    assertThat(after.path("firstSeq").isNull()).isTrue();
    assertThat(list(rest, "?prefix=" + channel)).isEmpty();
    publish(app, channel);
    assertThat(app.channel(channel).path("seq").asInt()).isEqualTo(3);
    rest.delete("/v1/channels/never-used").expect(204);
    assertThat(app.channel("never-used").path("epoch").isNull()).isTrue();
  }
}
