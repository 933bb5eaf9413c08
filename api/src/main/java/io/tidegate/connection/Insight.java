package io.tidegate.connection;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.json.StrictJson;
import io.tidegate.roster.Questions;
import io.tidegate.session.Pursuit;
import io.tidegate.session.Session;
import io.tidegate.session.Sessions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks closely: at one connection, and at who subscribes to one channel. What this node has is
 * looked at on its event loops, in their turn; other nodes are asked. May wait.
 */
@Singleton
public class Insight {
  private static final int MAX_LIMIT = 1_000;

  /** A loop that is so busy has better things to do than to be looked at. */
  private static final int PATIENCE_SECONDS = 2;

  private static final String ITEMS = "items";

  private final Sessions sessions;
  private final Questions questions;

  Insight(Sessions sessions, Questions questions) {
    this.sessions = sessions;
    this.questions = questions;
  }

  /** One connection with its subscriptions; null when no live node has it, or says so. */
  @Nullable Map<String, ?> connection(AppId app, String id) {
    Map<String, ?> here = here(app, id);
    if (here != null) {
      return here;
    }
    List<String> told =
        questions.ask(StrictJson.write(Map.of("ask", "connection", "app", app.value(), "id", id)));
    return told.isEmpty() ? null : StrictJson.parseObject(told.getFirst());
  }

  private @Nullable Map<String, ?> here(AppId app, String id) {
    Session session = sessions.find(id);
    AppPrincipal who = session == null ? null : session.principal();
    if (session == null || who == null || !who.app().equals(app)) {
      return null;
    }
    CompletableFuture<List<Pursuit>> pursuits = new CompletableFuture<>();
    session.onLoop(() -> pursuits.complete(session.progress().pursuits()));
    List<Map<String, ?>> channels = new ArrayList<>();
    long lag = 0;
    for (Pursuit one : patiently(pursuits, List.of())) {
      lag += one.lag();
      Map<String, @Nullable Object> view = new LinkedHashMap<>();
      view.put("channel", one.channel().value());
      channels.add(put(view, one));
    }
    Map<String, @Nullable Object> view = ConnectionView.of(session, sessions.node());
    view.put("lag", lag);
    view.put("expiresAt", who.expiresAt() == Long.MAX_VALUE ? null : who.expiresAt() * 1000);
    view.put("channels", channels);
    return view;
  }

  /** The first subscribers of a channel behind a connection's id, in order of id. */
  List<Map<String, ?>> subscribers(AppId app, ChannelName channel, String after, int limit) {
    TreeMap<String, Map<String, ?>> found = subscribersHere(app, channel, after, limit);
    String question =
        StrictJson.write(
            Map.of(
                "ask",
                "subscribers",
                "app",
                app.value(),
                "channel",
                channel.value(),
                "after",
                after,
                "limit",
                limit));
    for (String told : questions.ask(question)) {
      if (StrictJson.parseObject(told).get(ITEMS) instanceof List<?> items) {
        for (Object item : items) {
          if (item instanceof Map<?, ?> one && one.get("connectionId") instanceof String id) {
            @SuppressWarnings("unchecked") // an object of JSON
            Map<String, ?> view = (Map<String, ?>) one;
            found.putIfAbsent(id, view);
          }
        }
      }
    }
    return found.values().stream().limit(limit).toList();
  }

  private TreeMap<String, Map<String, ?>> subscribersHere(
      AppId app, ChannelName channel, String after, int limit) {
    TreeMap<String, Map<String, ?>> found = new TreeMap<>();
    CompletableFuture<Boolean> walked =
        sessions
            .subscribers(
                new ChannelId(app, channel),
                (session, pursuit) -> {
                  String id = session.connectionId();
                  boolean within =
                      id.compareTo(after) > 0
                          && (found.size() < limit || id.compareTo(found.lastKey()) < 0);
                  if (within && ConnectionView.isListed(session)) {
                    found.put(id, subscriber(session, pursuit));
                    if (found.size() > limit) {
                      found.pollLastEntry();
                    }
                  }
                })
            .thenApply(done -> true)
            .toCompletableFuture();
    return patiently(walked, false) ? found : new TreeMap<>();
  }

  private Map<String, ?> subscriber(Session session, Pursuit pursuit) {
    Map<String, @Nullable Object> connection = ConnectionView.of(session, sessions.node());
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("connectionId", connection.get("id"));
    for (String name :
        List.of("clientId", "keyName", "transport", "protocol", "nodeId", "address", "console")) {
      if (connection.containsKey(name)) {
        view.put(name, connection.get(name));
      }
    }
    return put(view, pursuit);
  }

  private static Map<String, @Nullable Object> put(
      Map<String, @Nullable Object> view, Pursuit pursuit) {
    view.put("since", pursuit.sinceMillis());
    view.put("state", pursuit.state().wireName());
    view.put("epoch", pursuit.at() == null ? null : pursuit.at().epoch().value());
    view.put("seq", pursuit.at() == null ? 0 : pursuit.at().seq());
    view.put("lag", pursuit.lag());
    view.put("present", pursuit.present());
    return view;
  }

  /** What this node says to another's question. */
  public @Nullable String answer(String question) {
    Map<String, ?> asked = StrictJson.parseObject(question);
    if (!(asked.get("app") instanceof String appId) || !AppId.isValid(appId)) {
      return null;
    }
    AppId app = new AppId(appId);
    if ("connection".equals(asked.get("ask")) && asked.get("id") instanceof String id) {
      Map<String, ?> view = here(app, id);
      return view == null ? null : StrictJson.write(view);
    }
    if ("subscribers".equals(asked.get("ask"))
        && asked.get("channel") instanceof String channel
        && asked.get("after") instanceof String after
        && asked.get("limit") instanceof Number limit) {
      int most = Math.clamp(limit.intValue(), 1, MAX_LIMIT + 1);
      var found = subscribersHere(app, new ChannelName(channel), after, most);
      return found.isEmpty() ? null : StrictJson.write(Map.of(ITEMS, List.copyOf(found.values())));
    }
    return null;
  }

  private static <T> T patiently(CompletableFuture<T> answer, T otherwise) {
    try {
      return answer.completeOnTimeout(otherwise, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException ended) {
      // Its loop has ended: the node is going down.
      return otherwise;
    }
  }
}
