package io.tidegate.control;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.Subject;
import io.tidegate.webhook.WebhookEvents;
import java.util.Map;

/** One of each thing that has an id, of a tenant of their own. */
record ForeignThings(
    String tenant,
    String app,
    String token,
    String webhook,
    String delivery,
    String hook,
    String member) {
  static ForeignThings of(ControlClient operator) {
    String tenant = operator.newTenant();
    String app = operator.newApp(tenant);
    operator
        .post("/v1/apps/" + app + "/keys", "{'name':'a','capabilities':{'*':['publish']}}")
        .expect(201);
    operator.put("/v1/apps/" + app + "/namespaces/chat", "{'pattern':'chat:*'}");
    String token =
        operator
            .post("/v1/tenants/" + tenant + "/control-tokens", "{'name':'a','role':'viewer'}")
            .text("id");
    String hook =
        operator
            .post(
                "/v1/apps/" + app + "/hooks",
                "{'name':'a','kind':'connect','url':'https://a.example'}")
            .expect(201)
            .text("id");
    String member =
        operator
            .post(
                "/v1/tenants/" + tenant + "/members",
                "{'email':'ada@acme.example','role':'viewer'}")
            .expect(201)
            .text("id");
    String webhooks = "/v1/apps/" + app + "/webhooks";
    String webhook =
        operator
            .post(webhooks, "{'name':'a','url':'https://a.example','events':['message.published']}")
            .expect(201)
            .text("id");
    ControlClient.gateway()
        .bean(WebhookEvents.class)
        .emit(
            new AppId(app),
            EventType.MESSAGE_PUBLISHED,
            Subject.of(new ChannelName("chat:1")),
            Map.of());
    String delivery = operator.get(webhooks + "/" + webhook + "/deliveries").text("items.0.id");
    return new ForeignThings(tenant, app, token, webhook, delivery, hook, member);
  }

  /** The contract's path with their ids. */
  String in(String path) {
    return path.replace("{tenantId}", tenant)
        .replace("{appId}", app)
        .replace("{tokenId}", token)
        .replace("{webhookId}", webhook)
        .replace("{deliveryId}", delivery)
        .replace("{hookId}", hook)
        .replace("{memberId}", member)
        .replace("{keyId}", "k1")
        .replace("{name}", "chat");
  }
}
