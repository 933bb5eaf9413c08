package io.tidegate.control;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.channel.AppId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.rest.Pages;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.StoredJson;
import io.tidegate.webhook.Delivery;
import io.tidegate.webhook.store.DeliveryEntry;
import io.tidegate.webhook.store.JdbcDeliveries;
import io.tidegate.webhook.store.JdbcReplays;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of what a webhook was to be told, and telling it again. */
@Controller("/v1/apps/{appId}/webhooks/{webhookId}/deliveries")
@ExecuteOn(TaskExecutors.BLOCKING)
class DeliveryController {
  private final JdbcDeliveries deliveries;
  private final JdbcReplays replays;
  private final Pages pages;

  DeliveryController(JdbcDeliveries deliveries, JdbcReplays replays, Pages pages) {
    this.deliveries = deliveries;
    this.replays = replays;
    this.pages = pages;
  }

  @Get
  @Secured(Roles.DEVELOPER)
  HttpResponse<byte[]> list(Caller caller, HttpRequest<?> request, String appId, String webhookId) {
    AppId app = Asked.app(appId);
    UUID webhook = Asked.uuid(webhookId);
    Delivery.State state = state(request);
    return pages.answer(
        request,
        deliveries.list(
            caller,
            app,
            webhook,
            state,
            Pages.limit(request),
            pages.after(request, Long.MAX_VALUE)),
        WebhookViews::of,
        DeliveryEntry::position);
  }

  @Get("/{deliveryId}")
  @Secured(Roles.DEVELOPER)
  HttpResponse<byte[]> read(Caller caller, String appId, String webhookId, String deliveryId) {
    return Answer.ok(
        0,
        WebhookViews.of(
            deliveries.read(
                caller, Asked.app(appId), Asked.uuid(webhookId), Asked.uuid(deliveryId))));
  }

  @Post("/{deliveryId}/replay")
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> replay(Caller caller, String appId, String webhookId, String deliveryId) {
    return Answer.ok(
        0,
        WebhookViews.of(
            replays.one(caller, Asked.app(appId), Asked.uuid(webhookId), Asked.uuid(deliveryId))));
  }

  @Post("/replay")
  @Secured(Roles.ADMIN)
  HttpResponse<byte[]> replayMany(
      Caller caller, String appId, String webhookId, @Body byte[] body) {
    JdbcReplays.Range range = WebhookBodies.range(body);
    JdbcReplays.Replayed replayed =
        replays.many(caller, Asked.app(appId), Asked.uuid(webhookId), range);
    return Answer.ok(0, Map.of("replayed", replayed.many(), "more", replayed.more()));
  }

  private static Delivery.@Nullable State state(HttpRequest<?> request) {
    String text = request.getParameters().get("state");
    if (text == null) {
      return null;
    }
    return Arrays.stream(Delivery.State.values())
        .filter(state -> StoredJson.wireName(state).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                RefusedException.ofField(
                    Refusal.FIELD_INVALID, "state", "must be one of pending, delivered, dead"));
  }
}
