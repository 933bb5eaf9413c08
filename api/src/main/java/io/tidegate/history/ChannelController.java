package io.tidegate.history;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.AppRoles;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Operation;
import io.tidegate.hub.Hub;
import io.tidegate.json.StrictJson;
import io.tidegate.rest.Pages;
import io.tidegate.store.Held;
import io.tidegate.store.Stores;
import io.tidegate.tenant.store.Page;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code /v1/channels} and {@code /v1/channels/{channel}}: for keys with {@code admin}. */
@Controller("/v1/channels")
@Secured(AppRoles.KEY)
@ExecuteOn(TaskExecutors.BLOCKING)
class ChannelController {
  private final Stores stores;
  private final Hub hub;
  private final Pages pages;

  ChannelController(Stores stores, Hub hub, Pages pages) {
    this.stores = stores;
    this.hub = hub;
    this.pages = pages;
  }

  @Get
  HttpResponse<byte[]> list(AppPrincipal key, HttpRequest<?> request) {
    key.requireAdmin();
    int limit = Pages.limit(request);
    String prefix = request.getParameters().get("prefix", String.class, "");
    String cursor = pages.after(request);
    List<ChannelName> found =
        names(key.app(), prefix, cursor == null ? "" : cursor, limit + 1).stream()
            .limit(limit + 1L)
            .toList();
    boolean more = found.size() > limit;
    return pages.answer(
        request,
        new Page<>(more ? found.subList(0, limit) : found, more),
        name ->
            Map.of("channel", name.value(), "occupancy", occupancy(new ChannelId(key.app(), name))),
        ChannelName::value);
  }

  /** The first names of the two stores and of the hub, merged. */
  private TreeSet<ChannelName> names(AppId app, String prefix, String after, int limit) {
    TreeSet<ChannelName> names = new TreeSet<>();
    names.addAll(stores.log().list(app, prefix, after, limit));
    names.addAll(stores.broker().list(app, prefix, after, limit));
    hub.occupied(
        app,
        (channel, subscribers) -> {
          String name = channel.name().value();
          if (name.startsWith(prefix) && name.compareTo(after) > 0) {
            names.add(channel.name());
          }
        });
    return names;
  }

  @Get("/{channel}")
  HttpResponse<byte[]> detail(AppPrincipal key, String channel) {
    ChannelId id = admin(key, channel);
    Held held = stores.of(id);
    Head head = held.head().orElse(null);
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("channel", id.name().value());
    view.put("namespace", held.rules().name().isEmpty() ? null : held.rules().name());
    view.put("durability", held.durability().wireName());
    view.put("epoch", head == null ? null : head.epoch().value());
    view.put("seq", head == null ? 0 : head.lastSeq());
    view.put("firstSeq", head == null || head.firstSeq() > head.lastSeq() ? null : head.firstSeq());
    view.put("occupancy", occupancy(id));
    return HttpResponse.ok(StrictJson.write(view).getBytes(StandardCharsets.UTF_8))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  @Delete("/{channel}")
  @Status(HttpStatus.NO_CONTENT)
  void delete(AppPrincipal key, String channel) {
    ChannelId id = admin(key, channel);
    Held held = stores.of(id);
    if (held.head().isPresent()) {
      EpochStart next = held.renew(0);
      stores.broker().announceEpoch(id, next, EpochEnd.DELETED);
    }
  }

  private static ChannelId admin(AppPrincipal key, String channel) {
    ChannelName name = new ChannelName(channel);
    key.require(Operation.ADMIN, name);
    return new ChannelId(key.app(), name);
  }

  private Map<String, Integer> occupancy(ChannelId channel) {
    int subscribers = hub.subscribers(channel);
    return Map.of("subscribers", subscribers, "connections", subscribers);
  }
}
