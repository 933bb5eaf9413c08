package io.tidegate.history;

import static io.tidegate.e2e.rest.Json.json;
import static io.tidegate.e2e.rest.Json.quote;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.History;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@WireTest
class HistoryOverHttpTest {
  private final Target gateway = SharedGateway.target();
  private final TestApp app = TestApp.create(gateway, "history");
  private final Rest rest = app.rest();

  @BeforeAll
  void namespaces() {
    app.namespace("durable", "{'pattern':'durable:*','durability':'durable'}");
    app.namespace("none", "{'pattern':'none:*','durability':'none'}");
    app.namespace("few", "{'pattern':'few:*','window':{'messages':3,'seconds':120}}");
  }

  private static String path(String channel) {
    return "/v1/channels/" + Rest.encode(channel) + "/messages";
  }

  private void publish(String channel, int count) {
    for (int from = 0; from < count; from += 100) {
      String messages =
          IntStream.range(from, Math.min(count, from + 100))
              .mapToObj(i -> "{\"data\":" + i + "}")
              .collect(Collectors.joining(",", "[", "]"));
      rest.post(path(channel), messages).expect(201);
    }
  }

  private JsonNode page(String channel, String query) {
    return rest.get(path(channel) + query).expect(200).json();
  }

  private static List<Long> seqs(JsonNode page) {
    List<Long> seqs = new ArrayList<>();
    page.path("items").forEach(item -> seqs.add(item.path("seq").asLong()));
    return seqs;
  }

  @ParameterizedTest
  @ValueSource(strings = {"durable:pages", "window:pages"})
  void pagesFollowEachOtherWithoutGapOrOverlap(String channel) {
    publish(channel, 250);
    for (int size : List.of(1, 7, 100, 1000)) {
      if (size == 1) {
        continue;
      }
      assertThat(app.history(channel).forward(size))
          .extracting(History.Kept::seq)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 250).boxed().toList());
      assertThat(app.history(channel).backward(size))
          .extracting(History.Kept::seq)
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, 250).boxed().sorted(Collections.reverseOrder()).toList());
    }
    assertThat(seqs(page(channel, ""))).hasSize(100).startsWith(250L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"durable:whole", "window:whole"})
  void aMessageReadsAsItWasPublished(String channel) {
    String message =
        json(
            "{'id':'m1','name':'grüße','data':{'b':1.50,'a':[1e3,null]},'clientId':'ada',"
                + "'headers':{'k':'v'}}");
    rest.post(path(channel), message).expect(201);
    rest.post(path(channel), json("{'id':'m2','data':'aGVsbG8=','encoding':'base64'}")).expect(201);
    String body = rest.get(path(channel) + "?direction=forward").expect(200).body();
    assertThat(body)
        .contains(
            json(
                "'seq':1,'id':'m1','name':'grüße','data':{'b':1.50,'a':[1e3,null]},"
                    + "'clientId':'ada','timestamp':"))
        .contains(json("'headers':{'k':'v'}"))
        .contains(json("'seq':2,'id':'m2','data':'aGVsbG8=','encoding':'base64'"));
  }

  @ParameterizedTest
  @CsvSource({
    "?direction=forward&from=4,4 5 6",
    "?direction=forward&from=0,1 2 3 4 5 6",
    "?direction=forward&from=99,''",
    "?from=3,3 2 1",
    "?from=99,6 5 4 3 2 1",
    "?from=0,''",
    "?limit=2,6 5"
  })
  void aSeqBeginsAPage(String query, String expected) {
    for (String channel : List.of("durable:from", "window:from")) {
      if (app.history(channel).forward(10).isEmpty()) {
        publish(channel, 6);
      }
      assertThat(seqs(page(channel, query)))
          .containsExactlyElementsOf(
              expected.isEmpty()
                  ? List.of()
                  : List.of(expected.split(" ")).stream().map(Long::valueOf).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"durable:times", "window:times"})
  void timesBoundAPage(String channel) {
    publish(channel, 3);
    long middle = publishedLater(channel);
    long last = publishedLater(channel);
    assertThat(seqs(page(channel, "?start=" + middle))).containsExactly(5L, 4L);
    assertThat(seqs(page(channel, "?end=" + middle))).containsExactly(4L, 3L, 2L, 1L);
    assertThat(seqs(page(channel, "?start=" + middle + "&end=" + middle))).containsExactly(4L);
    assertThat(seqs(page(channel, "?direction=forward&start=" + last))).containsExactly(5L);
    assertThat(seqs(page(channel, "?start=" + (last + 1)))).isEmpty();
    assertThat(seqs(page(channel, "?start=" + last + "&end=" + middle))).isEmpty();
    assertThat(seqs(page(channel, "?end=999999999999999999"))).hasSize(5);
    JsonNode first = page(channel, "?direction=forward&limit=2&end=" + middle);
    JsonNode second = page(channel, "?limit=2&cursor=" + first.path("next").asText());
    assertThat(seqs(second)).containsExactly(3L, 4L);
    assertThat(second.path("next").isNull()).isTrue();
  }

  /** One more message, in a later millisecond than all before it; its time. */
  private long publishedLater(String channel) {
    long before = page(channel, "?limit=1").path("items").get(0).path("timestamp").asLong();
    long given = before;
    while (given == before) {
      rest.delete("/v1/channels/" + Rest.encode("none:wait"));
      given = System.currentTimeMillis();
    }
    publish(channel, 1);
    return page(channel, "?limit=1").path("items").get(0).path("timestamp").asLong();
  }

  @Test
  void theLinkLeadsToTheNextPage() {
    publish("window:link", 5);
    var first = rest.get(path("window:link") + "?direction=forward&limit=2").expect(200);
    String link = first.headers().firstValue("Link").orElseThrow();
    assertThat(link).endsWith("; rel=\"next\"");
    var second = rest.get(link.substring(1, link.indexOf('>'))).expect(200);
    assertThat(seqs(second.json())).containsExactly(3L, 4L);
  }

  @Test
  void aCursorFitsOnlyTheListItWasIssuedFor() {
    publish("window:cursor", 5);
    publish("window:other", 5);
    String cursor = page("window:cursor", "?limit=2").path("next").asText();
    page("window:cursor", "?direction=backward&cursor=" + cursor);
    TestApp stranger = TestApp.create(gateway, "stranger");
    stranger.rest().post(path("window:cursor"), "{\"data\":1}").expect(201);
    for (String wrong :
        List.of(
            path("window:other") + "?cursor=" + cursor,
            path("window:cursor") + "?direction=forward&cursor=" + cursor,
            path("window:cursor") + "?start=5&cursor=" + cursor,
            path("window:cursor") + "?from=2&cursor=" + cursor,
            path("window:cursor") + "?cursor=" + cursor.replace(cursor.charAt(3), '_'),
            path("window:cursor") + "?cursor=AAAA",
            path("window:cursor") + "?cursor=%20")) {
      assertThat(rest.get(wrong).expect(400).code()).as(wrong).isEqualTo(40052);
    }
    assertThat(stranger.rest().get(path("window:cursor") + "?cursor=" + cursor).expect(400).code())
        .isEqualTo(40052);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?direction=sideways",
        "?limit=0",
        "?limit=1001",
        "?limit=x",
        "?from=-1",
        "?from=x",
        "?start=1.5",
        "?end=later"
      })
  void aQueryOutOfBoundsIsRefused(String query) {
    assertThat(rest.get(path("window:query") + query).expect(400).code()).isEqualTo(40003);
  }

  @Test
  void whatAClassDoesNotKeepIsNotThere() {
    publish("none:a", 3);
    assertThat(page("none:a", "").path("epoch").isTextual()).isTrue();
    assertThat(seqs(page("none:a", ""))).isEmpty();
    publish("few:a", 5);
    assertThat(seqs(page("few:a", ""))).containsExactly(5L, 4L, 3L);
    JsonNode unused = page("window:never", "");
    assertThat(unused.path("epoch").isNull()).isTrue();
    assertThat(seqs(unused)).isEmpty();
  }

  @Test
  void largeMessagesMakeShortPages() {
    String message = "{\"data\":" + quote("x".repeat(60_000)) + "}";
    String array = "[" + String.join(",", Collections.nCopies(10, message)) + "]";
    for (int i = 0; i < 12; i++) {
      rest.post(path("durable:large"), array).expect(201);
    }
    JsonNode first = page("durable:large", "?limit=1000&direction=forward");
    assertThat(first.path("items").size()).isBetween(60, 80);
    assertThat(app.history("durable:large").forward(1000))
        .extracting(History.Kept::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 120).boxed().toList());
  }

  @Test
  void readingNeedsTheRightTo() {
    publish("durable:secret", 1);
    Rest publisher =
        app.withKey(app.control().key(app.id(), json("{'*':['publish','subscribe']}"))).rest();
    assertThat(publisher.get(path("durable:secret")).expect(403).code()).isEqualTo(40301);
    Rest reader =
        new Rest(gateway, Credential.bearer(app.token("ada", "{'durable:*':['history']}")));
    assertThat(seqs(reader.get(path("durable:secret")).expect(200).json())).containsExactly(1L);
    assertThat(reader.get(path("window:secret")).expect(403).code()).isEqualTo(40301);
  }
}
