package io.tidegate.faults.bugs;

import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Message;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.log.MessageLog;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Knows ids only by its own memory: what is kept has ids that are this process's own, which nobody
 * is shown.
 */
final class ForgetfulLog implements MessageLog {
  private static final char MARK = '~';

  private final MessageLog log;
  private final String process = MARK + UUID.randomUUID().toString();

  /** By channel and first id; for the few minutes of a run. */
  private final ConcurrentHashMap<String, CompletionStage<Published>> known =
      new ConcurrentHashMap<>();

  ForgetfulLog(MessageLog log) {
    this.log = log;
  }

  @Override
  public ChannelStore of(TenantId tenant) {
    return new UnmarkedStore(log.of(tenant));
  }

  @Override
  public long storedBytes(TenantId tenant) {
    return log.storedBytes(tenant);
  }

  @Override
  public CompletionStage<Published> append(
      PublishUnit unit, Retention keep, Consumer<Published> onCommit) {
    String key = unit.channel() + " " + unit.drafts().getFirst().id();
    List<Draft> marked = unit.drafts().stream().map(this::marked).toList();
    PublishUnit own = new PublishUnit(unit.tenant(), unit.channel(), marked, unit.trace());
    CompletionStage<Published> answer =
        known.computeIfAbsent(
            key,
            first ->
                log.append(own, keep, done -> onCommit.accept(unmarked(done)))
                    .thenApply(ForgetfulLog::unmarked));
    // One that failed is asked for again.
    return answer.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            known.remove(key);
          }
        });
  }

  private Draft marked(Draft draft) {
    return new Draft(
        draft.id() + process,
        draft.name(),
        draft.data(),
        draft.encoding(),
        draft.clientId(),
        draft.connectionId(),
        draft.headers(),
        draft.exclude(),
        draft.madeId());
  }

  static String unmarked(String id) {
    int mark = id.indexOf(MARK);
    return mark < 0 ? id : id.substring(0, mark);
  }

  static Message unmarked(Message of) {
    return new Message(
        of.seq(),
        unmarked(of.id()),
        of.name(),
        of.data(),
        of.encoding(),
        of.clientId(),
        of.connectionId(),
        of.timestamp(),
        of.headers(),
        of.exclude());
  }

  private static Published unmarked(Published done) {
    return new Published(
        done.epoch(),
        done.items().stream()
            .map(item -> new Published.Item(unmarked(item.id()), item.seq()))
            .toList(),
        done.fresh().stream().map(ForgetfulLog::unmarked).toList());
  }
}
