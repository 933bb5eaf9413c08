package io.tidegate.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.ToldRefusals;
import io.tidegate.metalog.MetaLog;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.publish.Principals;
import io.tidegate.refusal.MemoryRefusals;
import io.tidegate.refusal.RefusalQuery;
import io.tidegate.refusal.Refusals;
import io.tidegate.usage.Counts;
import io.tidegate.usage.Meters;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FaultHandlerTest {
  private final HttpRequest<?> request =
      HttpRequest.GET("/v1/channels").header("X-Request-Id", "trace-0001");
  private final Meters meters = new Meters();
  private final MemoryRefusals store = new MemoryRefusals();
  private final Refusals kept = new Refusals(store, InstantSource.system(), System::nanoTime);
  private final FaultHandler handler =
      new FaultHandler(
          new RefusalMeter(new ToldRefusals(meters, kept, new MetaLog(System::nanoTime))));

  @Test
  void faultTellsNothingButWhereToAsk() {
    HttpResponse<?> answer = handler.handle(request, new IllegalStateException("password=hunter2"));

    assertThat(answer.code()).isEqualTo(500);
    assertThat(body(answer))
        .contains("\"code\":50000", "\"requestId\":\"trace-0001\"")
        .doesNotContain("hunter2", "IllegalState");
  }

  @Test
  void refusalFoundOnAnotherThreadIsStillARefusal() {
    RefusedException away = new RefusedException(Refusal.STORE_UNAVAILABLE, "away");

    HttpResponse<?> answer = handler.handle(request, new CompletionException(away));

    assertThat(answer.code()).isEqualTo(503);
    assertThat(answer.getHeaders().get("Retry-After")).isEqualTo("1");
    assertThat(body(answer)).contains("\"code\":50303");
  }

  @Test
  void refusalFoundOnAnotherThreadIsItsApps() {
    AppPrincipal who = Principals.token("ada");
    request.setAttribute(HttpAttributes.PRINCIPAL, new AppAuthentication(who));
    RefusedException away = new RefusedException(Refusal.STORE_UNAVAILABLE, "away");

    handler.handle(request, new CompletionException(new CompletionException(away)));

    assertThat(meters.take())
        .extractingByKey(who.app())
        .extracting(Counts::refusals)
        .isEqualTo(Map.of(50303, 1L));
    kept.flush();
    RefusalQuery all = new RefusalQuery(who.tenant(), who.app(), null, null, null, null);
    assertThat(store.read(all, null, 10))
        .singleElement()
        .satisfies(one -> assertThat(one.code()).isEqualTo(50303))
        .satisfies(one -> assertThat(one.requestId()).isEqualTo("trace-0001"));
  }

  @Test
  void clientThatWentAwayIsNoFaultOfOurs() {
    HttpResponse<?> answer = handler.handle(request, new EOFException("cut"));

    assertThat(answer.code()).isEqualTo(400);
    assertThat(body(answer)).contains("\"code\":40000").doesNotContain("cut");
  }

  private static String body(HttpResponse<?> answer) {
    return new String(answer.getBody(byte[].class).orElseThrow(), StandardCharsets.UTF_8);
  }
}
