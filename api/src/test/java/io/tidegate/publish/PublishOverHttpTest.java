package io.tidegate.publish;

import static io.tidegate.e2e.rest.Json.json;
import static io.tidegate.e2e.rest.Json.quote;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@WireTest
class PublishOverHttpTest {
  private final Target gateway = SharedGateway.target();
  private final TestApp app = TestApp.create(gateway, "publish");
  private final Rest rest = app.rest();

  @BeforeAll
  void namespaces() {
    app.namespace("durable", "{'pattern':'durable:*','durability':'durable'}");
    app.namespace("none", "{'pattern':'none:*','durability':'none'}");
    app.namespace("small", "{'pattern':'small:*','maxMessageBytes':1024}");
    app.namespace("keys", "{'pattern':'keys:*','clientPublish':false,'requireClientId':true}");
  }

  private static String path(String channel) {
    return "/v1/channels/" + Rest.encode(channel) + "/messages";
  }

  private JsonNode publish(String channel, String body) {
    return rest.post(path(channel), json(body)).expect(201).json();
  }

  @ParameterizedTest
  @ValueSource(strings = {"durable:one", "window:one", "none:one"})
  void aMessageAndAnArrayAreNumberedInOrder(String channel) {
    JsonNode one = publish(channel, "{'id':'a','name':'n','data':{'x':1},'headers':{'h':'v'}}");
    assertThat(one.path("channel").asText()).isEqualTo(channel);
    assertThat(one.path("messages").toString()).isEqualTo("[{\"id\":\"a\",\"seq\":1}]");
    JsonNode more = publish(channel, "[{'id':'b','data':null},{'id':'c','data':'x'},{'data':2}]");
    assertThat(more.path("epoch")).isEqualTo(one.path("epoch"));
    assertThat(more.path("messages").findValuesAsText("seq")).containsExactly("2", "3", "4");
    assertThat(more.path("messages").findValuesAsText("id")).startsWith("b", "c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"durable:retry", "window:retry"})
  void aRetryGetsTheFirstAnswerAndAnotherMessageAConflict(String channel) {
    JsonNode first = publish(channel, "[{'id':'a','data':1},{'id':'b','data':2}]");
    assertThat(publish(channel, "[{'id':'a','data':1},{'id':'b','data':2}]")).isEqualTo(first);
    assertThat(publish(channel, "{'id':'b','data':2}").path("messages").get(0).path("seq").asInt())
        .isEqualTo(2);
    Answer refused = rest.post(path(channel), json("[{'id':'z','data':1},{'id':'a','data':9}]"));
    assertThat(refused.expect(409).code()).isEqualTo(40901);
    assertThat(app.history(channel).forward(10)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b/c",
        "a+b c",
        "50%25",
        "grüße:😀",
        "a;b&c=d?e#f",
        "(a)!'*~{x}",
        "..",
        "messages",
        "a\\b\"c",
        "a,b@c$d"
      })
  void anyNameIsOneSegmentOfThePath(String channel) {
    String name = "odd:" + channel;
    JsonNode done = publish(name, "{'data':1}");
    assertThat(done.path("channel").asText()).isEqualTo(name);
    assertThat(app.channel(name).path("channel").asText()).isEqualTo(name);
    assertThat(app.history(name).forward(10)).hasSize(1);
    rest.delete("/v1/channels/" + Rest.encode(name)).expect(204);
    assertThat(app.history(name).forward(10)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw:a+b", "raw:a;b", "raw:(a)!", "raw:a&b", "raw:$a*b'c", "raw:a,b@c=d"})
  void whatAPathMayHoldUnencodedStandsForItself(String channel) {
    JsonNode done =
        rest.post("/v1/channels/" + channel + "/messages", "{\"data\":1}").expect(201).json();
    assertThat(done.path("channel").asText()).isEqualTo(channel);
  }

  @ParameterizedTest
  @CsvSource({
    "%5Bother%5Dlog,40010",
    "%3Acolon,40010",
    "a%00b,40010",
    "a%0Ab,40010",
    "a%C3b,40010",
    "a%ED%A0%80,40010",
    "e%CC%81,40010"
  })
  void aNameThatIsNoneIsRefused(String segment, int code) {
    Answer refused = rest.post("/v1/channels/" + segment + "/messages", "{\"data\":1}");
    assertThat(refused.expect(400).code()).isEqualTo(code);
    assertThat(rest.get("/v1/channels/" + segment + "/messages").expect(400).code())
        .isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'data':1                       | 400 | 40001
          7                               | 400 | 40001
          {'data':1,'extra':2}            | 400 | 40002
          {}                              | 400 | 40003
          []                              | 400 | 40003
          [{'data':1},{'data':1,'name':7}]| 400 | 40003
          {'data':1,'id':''}              | 400 | 40007
          [{'id':'a','data':1},{'id':'a','data':1}] | 400 | 40007
          {'data':1,'clientId':''}        | 400 | 40012
          {'data':1,'encoding':'base64'}  | 400 | 40013
          """)
  void aBodyThatIsNotAMessageIsRefused(String body, int status, int code) {
    Answer refused = rest.post(path("bad"), json(body));
    assertThat(refused.expect(status).code()).isEqualTo(code);
  }

  @Test
  void boundsAreKept() {
    String many =
        IntStream.range(0, 101)
            .mapToObj(i -> "{\"data\":" + i + "}")
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(rest.post(path("bounds"), many).expect(413).code()).isEqualTo(41302);
    String large = "{\"data\":" + quote("x".repeat(1023)) + "}";
    assertThat(rest.post(path("small:a"), large).expect(413).code()).isEqualTo(41301);
    rest.post(path("window:a"), large).expect(201);
    String huge = "{\"data\":" + quote("x".repeat(2 << 20)) + "}";
    assertThat(rest.post(path("bounds"), huge).expect(413).code()).isEqualTo(41300);
    rest.post(path("bounds"), "{\"data\":1}").expect(201);
  }

  @Test
  void bodiesAreJson() throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.uri(path("typed")))
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{\"data\":1}"));
    Credential.key(app.key()).addTo(request);
    HttpResponse<String> answer = Rest.http().send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains("41500");
  }

  @Test
  void rightsAndRulesDecideWhoPublishes() {
    Rest reader =
        app.withKey(app.control().key(app.id(), json("{'*':['subscribe','history']}"))).rest();
    assertThat(reader.post(path("a"), "{\"data\":1}").expect(403).code()).isEqualTo(40301);
    Rest ada =
        new Rest(gateway, Credential.bearer(app.token("ada", "{'*':['publish','history']}")));
    ada.post(path("chat"), "{\"data\":1}").expect(201);
    assertThat(app.history("chat").forward(1).getFirst().message().path("clientId").asText())
        .isEqualTo("ada");
    assertThat(ada.post(path("chat"), json("{'data':1,'clientId':'bob'}")).expect(400).code())
        .isEqualTo(40012);
    assertThat(ada.post(path("keys:a"), "{\"data\":1}").expect(403).code()).isEqualTo(40305);
    rest.post(path("keys:a"), "{\"data\":1}").expect(201);
    assertThat(
            new Rest(gateway, Credential.NONE).post(path("a"), "{\"data\":1}").expect(401).code())
        .isEqualTo(40100);
  }

  @Test
  void aBatchAnswersForEachChannelInOrder() {
    Rest limited =
        app.withKey(
                app.control()
                    .key(app.id(), json("{'batch:*':['publish'],'durable:*':['publish']}")))
            .rest();
    String body =
        json(
            "{'items':[{'channels':['batch:a','secret','durable:b'],'messages':[{'data':1},{'data':2}]},"
                + "{'messages':[{'id':'x','data':3}],'channels':['batch:a']}]}");
    JsonNode results = limited.post("/v1/messages", body).expect(200).json().path("results");
    assertThat(results.findValuesAsText("channel"))
        .containsExactly("batch:a", "secret", "durable:b", "batch:a");
    assertThat(results.get(0).path("messages").findValuesAsText("seq")).containsExactly("1", "2");
    assertThat(results.get(1).path("error").path("code").asInt()).isEqualTo(40301);
    assertThat(results.get(2).path("messages").findValuesAsText("seq")).containsExactly("1", "2");
    assertThat(results.get(3).path("messages").toString()).isEqualTo("[{\"id\":\"x\",\"seq\":3}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'items':[]}                                            | 40003 | /items
          {'items':{}}                                            | 40003 | /items
          {}                                                      | 40003 | /items
          {'items':[{'channels':['a']}]}                          | 40003 | /items/0/messages
          {'items':[{'messages':[{'data':1}]}]}                   | 40003 | /items/0/channels
          {'items':[{'channels':['a','a'],'messages':[{'data':1}]}]} | 40003 | /items/0/channels/1
          {'items':[{'channels':[7],'messages':[{'data':1}]}]}    | 40003 | /items/0/channels/0
          {'items':[{'channels':['[a'],'messages':[{'data':1}]}]} | 40010 | /items/0/channels/0
          {'items':[{'channels':['a'],'messages':[{'dat':1,'data':2}]}]} | 40002 | /items/0/messages/0/dat
          {'items':[{'channels':['a'],'messages':[]}]}            | 40003 | /items/0/messages
          {'items':[{'channels':['a'],'messages':[{'data':1}],'x':1}]} | 40002 | /items/0/x
          {'items':[5]}                                           | 40003 | /items/0
          """)
  void aBatchAtFaultIsRefusedAsAWhole(String body, int code, String field) {
    JsonNode refused = rest.post("/v1/messages", json(body)).expect(400).json();
    assertThat(refused.path("code").asInt()).isEqualTo(code);
    assertThat(refused.path("errors").findValuesAsText("field")).containsExactly(field);
  }

  @Test
  void aBatchHasAtMostAHundredChannels() {
    List<String> names = IntStream.range(0, 51).mapToObj(i -> "\"many:" + i + "\"").toList();
    String item = "{\"channels\":" + names + ",\"messages\":[{\"data\":1}]}";
    assertThat(
            rest.post("/v1/messages", "{\"items\":[" + item + "," + item + "]}").expect(413).code())
        .isEqualTo(41302);
    JsonNode results =
        rest.post("/v1/messages", "{\"items\":[" + item + "]}").expect(200).json().path("results");
    assertThat(results).hasSize(51);
  }
}
