package io.tidegate.sdk.internal.publish;

import io.tidegate.sdk.BatchResult;
import io.tidegate.sdk.Published;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.internal.Futures;
import io.tidegate.sdk.internal.http.Call;
import io.tidegate.sdk.internal.http.Paths;
import io.tidegate.sdk.internal.http.RetryPolicy;
import io.tidegate.sdk.internal.http.Transport;
import io.tidegate.sdk.internal.message.MessageCodec.Outgoing;
import io.tidegate.sdk.internal.message.PublishedReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Sends messages that came one by one as arrays. They have nothing to do with each other: when an
 * array is refused for good, each of its messages is sent by itself and answered by itself.
 */
final class GroupSender {
  private final Transport transport;
  private final UnitSender sender;

  GroupSender(Transport transport, UnitSender sender) {
    this.transport = transport;
    this.sender = sender;
  }

  /** Done when every one is answered; never fails itself. */
  CompletableFuture<Void> send(List<Pending> messages) {
    List<List<Pending>> groups = groups(messages);
    List<Unit> units = groups.stream().map(GroupSender::unit).toList();
    return sender
        .send(units)
        .handle(
            (results, thrown) ->
                thrown == null
                    ? answered(groups, results)
                    : refused(messages, Futures.cause(thrown)))
        .thenCompose(done -> done);
  }

  private static List<List<Pending>> groups(List<Pending> messages) {
    Map<String, List<List<Pending>>> byChannel = new LinkedHashMap<>();
    for (Pending message : messages) {
      List<List<Pending>> arrays =
          byChannel.computeIfAbsent(message.channel(), channel -> new ArrayList<>());
      if (arrays.isEmpty() || arrays.get(arrays.size() - 1).size() == Lane.ARRAY) {
        arrays.add(new ArrayList<>());
      }
      arrays.get(arrays.size() - 1).add(message);
    }
    return byChannel.values().stream().flatMap(List::stream).toList();
  }

  private static Unit unit(List<Pending> group) {
    List<Outgoing> messages = group.stream().map(Pending::message).toList();
    return new Unit(group.get(0).channel(), Outgoing.array(messages));
  }

  private CompletableFuture<Void> answered(List<List<Pending>> groups, List<BatchResult> results) {
    List<CompletableFuture<Void>> more = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      BatchResult result = results.get(i);
      if (result.published().isPresent()) {
        accepted(groups.get(i), result.published().get());
      } else {
        more.add(refused(groups.get(i), result.error().orElseThrow()));
      }
    }
    return CompletableFuture.allOf(more.toArray(CompletableFuture<?>[]::new));
  }

  private static void accepted(List<Pending> group, Published published) {
    for (int i = 0; i < group.size(); i++) {
      Published one =
          new Published(
              published.channel(), published.epoch(), List.of(published.messages().get(i)));
      group.get(i).answer().complete(one);
    }
  }

  private CompletableFuture<Void> refused(List<Pending> group, Throwable cause) {
    if (group.size() == 1 || !blamesOne(cause)) {
      group.forEach(pending -> pending.answer().completeExceptionally(cause));
      return CompletableFuture.completedFuture(null);
    }
    // One after the other: they may be of one channel.
    CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    for (Pending pending : group) {
      last = last.thenCompose(done -> alone(pending));
    }
    return last;
  }

  /** Whether it may be about a single message: then the others are innocent. */
  private static boolean blamesOne(Throwable cause) {
    return cause instanceof TidegateException refusal
        && refusal.status() != 0
        && refusal.status() != 401
        && !RetryPolicy.helps(refusal, true);
  }

  private CompletableFuture<Void> alone(Pending pending) {
    String path = Paths.of("/v1/channels/{}/messages", pending.channel());
    return transport
        .send(Call.post(path, pending.message().json()))
        .thenApply(answer -> answer.as(PublishedReader::published))
        .handle(
            (published, thrown) -> {
              if (thrown == null) {
                pending.answer().complete(published);
              } else {
                pending.answer().completeExceptionally(Futures.cause(thrown));
              }
              return null;
            });
  }
}
