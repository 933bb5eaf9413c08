package io.tidegate.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestContext;
import io.tidegate.TestGateway;
import io.tidegate.contract.Exchange;
import io.tidegate.contract.OpenApiContract;
import io.tidegate.json.StrictJson;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Speaks to the control plane as one principal; every exchange is judged by the contract. */
final class ControlClient {
  static final OpenApiContract CONTRACT = OpenApiContract.load();

  private static final TestGateway GATEWAY = started();

  private final String token;

  private ControlClient(String token) {
    this.token = token;
  }

  private static TestGateway started() {
    TestGateway gateway = TestGateway.start("control_test");
    Runtime.getRuntime().addShutdownHook(new Thread(gateway::close));
    return gateway;
  }

  /** The gateway that the tests of this package share. */
  static TestGateway gateway() {
    return GATEWAY;
  }

  static ControlClient operator() {
    return with(TestContext.OPERATOR_TOKEN);
  }

  static ControlClient with(String token) {
    return new ControlClient(token);
  }

  /** The bearer of a new control token of this tenant. */
  ControlClient member(String tenant, String role) {
    Reply reply =
        post("/v1/tenants/" + tenant + "/control-tokens", "{'name':'a','role':'" + role + "'}");
    return with(reply.expect(201).text("token"));
  }

  String newTenant() {
    return post("/v1/tenants", "{'name':'Acme'}").expect(201).text("id");
  }

  String newApp(String tenant) {
    return post("/v1/tenants/" + tenant + "/apps", "{'name':'production'}").expect(201).text("id");
  }

  Reply get(String path) {
    return send("GET", path, null);
  }

  Reply post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  Reply patch(String path, String body, String... headers) {
    return send("PATCH", path, body, headers);
  }

  Reply put(String path, String body, String... headers) {
    return send("PUT", path, body, headers);
  }

  Reply delete(String path, String... headers) {
    return send("DELETE", path, null, headers);
  }

  /**
   * @param body JSON, in which ' stands for "
   * @param headers names and values
   */
  Reply send(String method, String path, @Nullable String body, String... headers) {
    String json = body == null ? null : body.replace('\'', '"');
    HttpRequest.Builder request = GATEWAY.request(method, path, json == null ? "" : json);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    HttpResponse<String> response = GATEWAY.send(request.build());
    assertThat(CONTRACT.validate(Exchange.of(response, json))).isEmpty();
    return new Reply(response);
  }

  /** An answer. */
  record Reply(HttpResponse<String> response) {
    Reply expect(int status) {
      assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
      return this;
    }

    /** A refusal with this code of the catalogue. */
    Reply refused(int code) {
      expect(code / 100);
      assertThat(((Number) get("code")).intValue()).as(response.body()).isEqualTo(code);
      return this;
    }

    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    String etag() {
      return response.headers().firstValue("ETag").orElseThrow();
    }

    /** The field at a dotted path; numbers are list indices. */
    Object get(String path) {
      Object at = StrictJson.parse(response.body());
      for (String step : path.split("\\.")) {
        at =
            at instanceof List<?> list
                ? list.get(Integer.parseInt(step))
                : at instanceof Map<?, ?> map ? map.get(step) : null;
      }
      return at == null ? "null" : at;
    }

    String text(String path) {
      return String.valueOf(get(path));
    }

    List<?> list(String path) {
      return (List<?>) get(path);
    }

    /** The names of the fields that a refusal finds at fault. */
    List<String> faults() {
      return list("errors").stream()
          .map(e -> String.valueOf(((Map<?, ?>) e).get("field")))
          .toList();
    }

    /** The body without what names this very request. */
    String anonymous() {
      return response.body().replaceAll("\"requestId\":\"[^\"]*\"", "");
    }
  }
}
