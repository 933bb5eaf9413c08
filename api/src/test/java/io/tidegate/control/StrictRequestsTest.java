package io.tidegate.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestContext;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictRequestsTest {
  private final ControlClient operator = ControlClient.operator();

  @Test
  void unknownFieldsAreNamedByTheirPath() {
    assertThat(
            operator
                .post("/v1/tenants", "{'name':'A','id':'x','limits':{'connexions':1}}")
                .refused(40002)
                .faults())
        .containsExactlyInAnyOrder("/id", "/limits/connexions");
  }

  @Test
  void aNameInAPathIsEscapedAndNoLongerThanNeedBe() {
    String body = "{'name':'A','a/b~c':1,'" + "x".repeat(500) + "':1}";

    assertThat(operator.post("/v1/tenants", body).refused(40002).faults())
        .containsExactlyInAnyOrder("/a~1b~0c", "/" + "x".repeat(64));
  }

  @Test
  void everyFaultOfABodyIsNamedAtOnce() {
    String app = operator.newApp(operator.newTenant());

    assertThat(
            operator
                .put(
                    "/v1/apps/" + app + "/namespaces/chat",
                    """
                    {'pattern':'chat:*','durability':'forever','window':{'messages':0},
                     'retentionDays':1.5,'public':'yes','presence':{'mode':'sometimes'}}
                    """)
                .refused(40003)
                .faults())
        .containsExactlyInAnyOrder(
            "/durability", "/window/messages", "/retentionDays", "/public", "/presence/mode");
  }

  @Test
  void aBadPatternHasARowOfItsOwn() {
    String app = operator.newApp(operator.newTenant());

    assertThat(
            operator
                .put("/v1/apps/" + app + "/namespaces/chat", "{'pattern':'a*b'}")
                .refused(40050)
                .faults())
        .containsExactly("/pattern");
    assertThat(
            operator
                .post(
                    "/v1/apps/" + app + "/keys", "{'name':'a','capabilities':{'a*b':['publish']}}")
                .refused(40050)
                .faults())
        .containsExactly("/capabilities/a*b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'name':''}",
        "{'name':null}",
        "{'name':7}",
        "{'name':'a\\u0000b'}",
        "{'name':'a','limits':[]}",
        "{'name':'a','limits':{'connections':-1}}",
        "{'name':'a','limits':{'connections':1e2}}",
        "{'name':'a','limits':{'maxMessageBytes':65537}}",
        "{'name':'a','limits':{'connections':99999999999999999999}}"
      })
  void anInvalidFieldIsRefused(String body) {
    operator.post("/v1/tenants", body).refused(40003);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "'name'",
        "{",
        "{'name':'a'} x",
        "{'name':'a','name':'b'}",
        "{'name':'a','limits':{'connections':1,'connections':2}}",
        "{'name':NaN}",
        "{'name':11111111111111111111111111111111111111111111111111111111111111111}",
        "{'name':[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}"
      })
  void whatIsNotOneStrictJsonObjectIsRefused(String body) {
    operator.post("/v1/tenants", body).refused(40001);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'a'}",
        "{'name':'a','capabilities':{}}",
        "{'name':'a','capabilities':{'*':[]}}",
        "{'name':'a','capabilities':{'*':['fly']}}",
        "{'name':'a','capabilities':{'*':['publish','publish']}}",
        "{'name':'a','capabilities':{'*':['publish']},'expiresAt':'tomorrow'}",
        "{'name':'a','capabilities':{'*':['publish']},'expiresAt':1800000000}"
      })
  void anInvalidKeyIsRefused(String body) {
    String app = operator.newApp(operator.newTenant());
    operator.post("/v1/apps/" + app + "/keys", body).refused(40003);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a",
        "https://a/path",
        "a.example",
        "",
      })
  void whatIsNoOriginIsRefused(String origin) {
    String tenant = operator.newTenant();
    operator
        .post(
            "/v1/tenants/" + tenant + "/apps",
            "{'name':'a','settings':{'allowedOrigins':['*','" + origin + "']}}")
        .refused(40003);
  }

  @Test
  void aChangeThatChangesNothingIsAMistake() {
    operator.patch("/v1/tenants/" + operator.newTenant(), "{}").refused(40003);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "-1", "ten", "1.5"})
  void aPageHasOneToAThousandItems(String limit) {
    operator.get("/v1/tenants?limit=" + limit).refused(40003);
  }

  @Test
  void aNamespaceNameIsLettersDigitsAndDashes() {
    String app = operator.newApp(operator.newTenant());
    operator.put("/v1/apps/" + app + "/namespaces/-x", "{'pattern':'x'}").refused(40003);
    operator.put("/v1/apps/" + app + "/namespaces/a%20b", "{'pattern':'x'}").refused(40003);
  }

  @Test
  void aBodyThatIsNotJsonIsNotRead() {
    String path = "/v1/tenants";
    var request =
        HttpRequest.newBuilder(ControlClient.gateway().uri(path))
            .header("Authorization", "Bearer " + TestContext.OPERATOR_TOKEN)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("name=a"))
            .build();

    assertThat(ControlClient.gateway().send(request).statusCode()).isEqualTo(415);
  }
}
