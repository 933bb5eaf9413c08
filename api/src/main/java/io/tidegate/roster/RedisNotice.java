package io.tidegate.roster;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.channel.AppId;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * How far the commands in PostgreSQL go, told through Redis: so that a node reads them at once
 * which reads them every two seconds anyway, and one that cannot read them knows which apps are
 * others than it takes them for.
 */
public final class RedisNotice {
  /** Of those that changed last; a node that is told of so many takes all to have changed. */
  private static final int MOST_APPS = 1_000;

  private static final RedisScript NOTICE = RedisScript.of("notice");
  private static final List<String> KEYS = List.of("{tgn}:h", "{tgn}:a");

  private final RedisLink link;

  public RedisNotice(RedisLink link) {
    this.link = link;
  }

  /**
   * What the nodes together know.
   *
   * @param head the number of the last command that any has seen
   * @param unread apps that were changed by commands behind those that this node has read
   */
  public record Notice(long head, Set<AppId> unread) {}

  /**
   * Tells what this node has read, and is told what there is; does not wait.
   *
   * @param read the number of the last command
   * @param changes of apps that this node knows, by their numbers
   * @param back whether the database is an older state of itself: what was told counts no more
   */
  public CompletionStage<Notice> exchange(long read, Map<AppId, Long> changes, boolean back) {
    List<byte[]> args = new ArrayList<>();
    args.add(RedisSheet.utf8(Long.toString(read)));
    args.add(RedisSheet.utf8(Integer.toString(MOST_APPS)));
    args.add(RedisSheet.utf8(back ? "1" : "0"));
    changes.forEach(
        (app, id) -> {
          args.add(RedisSheet.utf8(Long.toString(id)));
          args.add(RedisSheet.utf8(app.value()));
        });
    return link.<List<byte[]>>eval(
            NOTICE, ScriptOutputType.MULTI, KEYS, args.toArray(byte[][]::new))
        .thenApply(
            answer ->
                new Notice(
                    Long.parseLong(RedisSheet.text(answer.getFirst())),
                    answer.stream()
                        .skip(1)
                        .map(app -> new AppId(RedisSheet.text(app)))
                        .collect(Collectors.toSet())));
  }
}
