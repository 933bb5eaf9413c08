package io.tidegate.edge;

import io.netty.handler.codec.http.HttpMethod;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.AppRefusedException;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.hub.Start;
import io.tidegate.limit.ClientQuota;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.session.Admitted;
import io.tidegate.session.Arrival;
import io.tidegate.session.Command;
import io.tidegate.session.Commands;
import io.tidegate.session.Protocol;
import io.tidegate.session.Rewinds;
import io.tidegate.session.Session;
import io.tidegate.session.Sessions;
import io.tidegate.store.Replay;
import io.tidegate.tenant.Limit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What a one-way stream is asked for: who, which channels, from where. Decided before the answer
 * begins, so that every refusal is an HTTP answer.
 *
 * @param presence whether to tell who is present, too
 * @param marks where each channel goes on; empty when the stream begins anew
 */
public record StreamRequest(
    EdgeCredentials.Identity who,
    List<ChannelName> channels,
    List<Mark> marks,
    List<Start> starts,
    boolean presence) {
  private static final int MAX_CHANNELS = 50;
  private static final int MAX_ID = 4096;

  /** What deciding needs; one for all requests. */
  public record Parts(
      EdgeCredentials credentials, Commands commands, StreamIds ids, Replay replay) {}

  /**
   * May wait for the database.
   *
   * @param since the position the request brings, or null
   */
  public static StreamRequest decide(EdgeRequest request, @Nullable String since, Parts parts) {
    if (!request.http().method().equals(HttpMethod.GET)) {
      throw new RefusedException(Refusal.METHOD_NOT_ALLOWED, "a stream opens with GET");
    }
    // First of all: a stranger is told nothing else. A ticket is good again on a reconnect; the
    // position below proves that it is one.
    EdgeCredentials.Identity who = parts.credentials().require(request, since != null);
    return AppRefusedException.of(who.principal(), () -> decide(request, since, parts, who));
  }

  private static StreamRequest decide(
      EdgeRequest request, @Nullable String since, Parts parts, EdgeCredentials.Identity who) {
    if (since != null && since.length() > MAX_ID) {
      throw new RefusedException(Refusal.POSITION_INVALID, "the position is too long");
    }
    List<ChannelName> channels = channels(request);
    AppPrincipal principal = who.principal();
    List<Mark> marks =
        since == null ? List.of() : parts.ids().read(since, principal.app(), channels);
    boolean presence = request.flag("presence", false);
    for (ChannelName channel : channels) {
      parts.commands().requireSubscribe(principal, channel, presence);
    }
    boolean begins = marks.isEmpty() || marks.contains(Mark.NOWHERE);
    String rewind = begins ? request.parameter("rewind") : null;
    Start beginning = rewind == null ? new Start.Live() : Rewinds.parse(rewind);
    List<Start> starts =
        since == null
            ? java.util.Collections.nCopies(channels.size(), beginning)
            : resumes(principal.app(), channels, marks, beginning, parts.replay());
    return new StreamRequest(who, channels, marks, starts, presence);
  }

  /**
   * Asks the limits and the app's connect hook, after everything else is decided: may wait for
   * both.
   *
   * @throws RefusedException of the 429 family; of the hook, or for what the hook has taken away
   */
  public Admitted admit(Sessions sessions, Protocol protocol, Arrival arrival) {
    return AppRefusedException.of(who.principal(), () -> admitted(sessions, protocol, arrival));
  }

  private Admitted admitted(Sessions sessions, Protocol protocol, Arrival arrival) {
    ClientQuota quota = sessions.quota(who.principal());
    int most = quota.least(Limit.SUBSCRIPTIONS_PER_CONNECTION, MAX_CHANNELS);
    if (channels.size() > most) {
      throw quota.refuse(
          Limit.SUBSCRIPTIONS_PER_CONNECTION,
          Refusal.SUBSCRIPTION_LIMIT_REACHED,
          "a connection may have " + most + " subscriptions (subscriptionsPerConnection)");
    }
    Admitted admitted = sessions.admit(who.principal(), null, protocol, arrival);
    if (!admitted.principal().equals(who.principal())) {
      for (ChannelName channel : channels) {
        sessions.commands().requireSubscribe(admitted.principal(), channel, presence);
      }
    }
    return admitted;
  }

  /** The same for an edge that tells of presence by itself. */
  public StreamRequest withoutPresence() {
    return new StreamRequest(who, channels, marks, starts, false);
  }

  /** Subscribes the session to everything; on its loop. */
  public void begin(Session session) {
    for (int i = 0; i < channels.size(); i++) {
      session.receive(
          new Command.Subscribe(null, List.of(channels.get(i)), starts.get(i), presence));
    }
  }

  public AppId app() {
    return who.principal().app();
  }

  private static List<ChannelName> channels(EdgeRequest request) {
    Set<String> names = new LinkedHashSet<>(request.parameters("channel"));
    for (String list : request.parameters("channels")) {
      names.addAll(Arrays.asList(list.split(",", -1)));
    }
    if (names.isEmpty() || names.size() > MAX_CHANNELS) {
      throw RefusedException.ofField(
          Refusal.FIELD_INVALID, "channel", "names 1 to " + MAX_CHANNELS + " channels");
    }
    return names.stream().map(ChannelName::new).toList();
  }

  /** A channel that the stream broke off before it began is not resumed: it begins as was asked. */
  private static List<Start> resumes(
      AppId app, List<ChannelName> channels, List<Mark> marks, Start beginning, Replay replay) {
    List<Start> starts = new ArrayList<>(channels.size());
    for (int i = 0; i < channels.size(); i++) {
      Mark mark = marks.get(i);
      ChannelId channel = new ChannelId(app, channels.get(i));
      starts.add(mark.equals(Mark.NOWHERE) ? beginning : since(mark, channel, replay));
    }
    return starts;
  }

  private static Start since(Mark mark, ChannelId channel, Replay replay) {
    try {
      return new Start.Since(mark.in(replay.sharedHead(channel).toCompletableFuture().join()));
    } catch (CompletionException e) {
      throw e.getCause() instanceof RefusedException refused ? refused : e;
    }
  }
}
