package io.tidegate.history;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.AppRoles;
import io.tidegate.auth.ConsoleRecord;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Operation;
import io.tidegate.json.StrictJson;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.rest.Pages;
import io.tidegate.rest.RequestIds;
import io.tidegate.store.Held;
import io.tidegate.store.Stores;
import io.tidegate.tenant.Directory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /v1/channels} and {@code /v1/channels/{channel}}: for keys with {@code admin}. */
@Controller("/v1/channels")
@Secured(AppRoles.KEY)
@ExecuteOn(TaskExecutors.BLOCKING)
class ChannelController {
  private static final int MAX_PREFIX = 255;

  private final Stores stores;
  private final Occupancy occupancy;
  private final ChannelList channels;
  private final Directory directory;
  private final ConsoleRecord record;
  private final Pages pages;

  ChannelController(
      Stores stores,
      Occupancy occupancy,
      ChannelList channels,
      Directory directory,
      ConsoleRecord record,
      Pages pages) {
    this.stores = stores;
    this.occupancy = occupancy;
    this.channels = channels;
    this.directory = directory;
    this.record = record;
    this.pages = pages;
  }

  @Get
  HttpResponse<byte[]> list(AppPrincipal key, HttpRequest<?> request) {
    key.requireInsight();
    String prefix = prefix(request);
    String cursor = pages.after(request);
    if (cursor != null) {
      // The last name, before it how much of it is the prefix: the Link needs no other parameter.
      int colon = cursor.indexOf(':');
      String after = cursor.substring(colon + 1);
      String known = after.substring(0, Integer.parseInt(cursor.substring(0, colon)));
      if (prefix != null && !prefix.equals(known)) {
        throw RefusedException.ofField(
            Refusal.CURSOR_INVALID, "cursor", "was issued for another prefix");
      }
      return list(key, request, known, after);
    }
    return list(key, request, prefix == null ? "" : prefix, "");
  }

  private HttpResponse<byte[]> list(
      AppPrincipal key, HttpRequest<?> request, String prefix, String after) {
    ChannelList.Page page = channels.read(key, prefix, after, Pages.limit(request));
    String next =
        page.next() == null ? null : pages.cursor(request, prefix.length() + ":" + page.next());
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    Map<ChannelName, Integer> counts = occupancy.of(key.app(), page.names());
    view.put("items", page.names().stream().map(name -> summary(name, counts)).toList());
    view.put("next", next);
    MutableHttpResponse<byte[]> answer = json(view);
    return next == null ? answer : answer.header(HttpHeaders.LINK, Pages.link(request, next));
  }

  private static Map<String, Object> summary(ChannelName name, Map<ChannelName, Integer> counts) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("channel", name.value());
    view.put("occupancy", Occupancy.view(counts.getOrDefault(name, 0)));
    return view;
  }

  @Get("/{channel:[^/]+}")
  HttpResponse<byte[]> detail(AppPrincipal key, ChannelName name) {
    key.requireInsight(name);
    ChannelId id = new ChannelId(key.app(), name);
    Held held = stores.of(id);
    Head head = held.head().orElse(null);
    boolean empty = head == null || head.firstSeq() > head.lastSeq();
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("channel", name.value());
    view.put("namespace", held.rules().name().isEmpty() ? null : held.rules().name());
    view.put("durability", held.durability().wireName());
    view.put("epoch", head == null ? null : head.epoch().value());
    view.put("seq", head == null ? 0 : head.lastSeq());
    view.put("firstSeq", head == null || empty ? null : head.firstSeq());
    Map<ChannelName, Integer> counts = occupancy.of(key.app(), List.of(name));
    view.put("occupancy", Occupancy.view(counts.getOrDefault(name, 0)));
    putRules(view, directory.rules(key.app()).current().covering(name));
    return json(view);
  }

  /** Which pattern applies, and by what the others lost. */
  private static void putRules(Map<String, @Nullable Object> view, List<Namespace> covering) {
    List<Map<String, String>> others = new ArrayList<>();
    for (int i = 1; i < covering.size(); i++) {
      Namespace one = covering.get(i);
      Map<String, String> other = new LinkedHashMap<>();
      other.put("namespace", one.name());
      other.put("pattern", one.pattern().value());
      other.put("lostBy", covering.getFirst().pattern().rankOver(one.pattern()).wireName());
      others.add(other);
    }
    view.put("pattern", covering.isEmpty() ? null : covering.getFirst().pattern().value());
    view.put("alsoMatching", others);
  }

  /** History and ids go, and whoever listens is told; a channel never used has nothing to lose. */
  @Delete("/{channel:[^/]+}")
  @Status(HttpStatus.NO_CONTENT)
  void delete(AppPrincipal key, HttpRequest<?> request, ChannelName name) {
    key.require(Operation.ADMIN, name);
    ChannelId id = new ChannelId(key.app(), name);
    Held held = stores.of(id);
    if (held.head().isPresent()) {
      EpochStart next = held.renew(0);
      stores.broker().announceEpoch(id, next, EpochEnd.DELETED);
      record.note(
          key, RequestIds.of(request), "channel.deleted", "channel", name.value(), Map.of());
    }
  }

  private static @Nullable String prefix(HttpRequest<?> request) {
    String prefix = request.getParameters().get("prefix");
    if (prefix != null && prefix.indexOf(0) >= 0) {
      throw RefusedException.ofField(
          Refusal.FIELD_INVALID, "prefix", "must have no control characters");
    }
    if (prefix != null && prefix.codePointCount(0, prefix.length()) > MAX_PREFIX) {
      throw RefusedException.ofField(
          Refusal.FIELD_INVALID, "prefix", "must have at most " + MAX_PREFIX + " characters");
    }
    return prefix;
  }

  private static MutableHttpResponse<byte[]> json(Map<String, @Nullable Object> view) {
    return HttpResponse.ok(StrictJson.write(view).getBytes(StandardCharsets.UTF_8))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
