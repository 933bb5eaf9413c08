package io.tidegate.broker;

import static io.tidegate.broker.RedisArguments.NOTHING;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.Retention;
import io.tidegate.redis.RedisFaults;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads the windows in Redis, and ends and lists channels; waits for the answer. */
final class RedisWindows {
  private static final RedisScript HEAD = RedisScript.of("channel", "head");
  private static final RedisScript READ = RedisScript.of("channel", "read");
  private static final RedisScript SEQ_AT = RedisScript.of("channel", "seqat");
  private static final RedisScript RENEW = RedisScript.of("channel", "renew");
  private static final RedisScript FORGET = RedisScript.of("channel", "forget");
  private static final RedisScript LEAVE = RedisScript.of("channel", "leave");
  private static final RedisScript SHUN = RedisScript.of("channel", "shun");
  private static final RedisScript LIST = RedisScript.of("list");

  private final RedisLink link;
  private final RedisArguments arguments;
  private final RedisEntries entries = new RedisEntries();

  RedisWindows(RedisLink link, RedisArguments arguments) {
    this.link = link;
    this.arguments = arguments;
  }

  Optional<Head> head(ChannelId channel, Retention keep) {
    return Optional.ofNullable(head(RedisChannel.of(channel), keep, NOTHING));
  }

  Head open(ChannelId channel, Retention keep) {
    byte[] fresh = RedisArguments.of(RedisBroker.newEpoch());
    Head head = head(RedisChannel.of(channel), keep, fresh);
    if (head == null) {
      throw ChannelStore.left();
    }
    return head;
  }

  private @Nullable Head head(RedisChannel channel, Retention keep, byte[] fresh) {
    List<byte[]> args = arguments.begin();
    RedisArguments.add(args, keep);
    args.add(fresh);
    args.add(RedisArguments.of(channel.text()));
    args.add(RedisArguments.of(channel.list()));
    List<Object> found = ask(HEAD, ScriptOutputType.MULTI, channel.base(), args);
    if (found == null || found.size() < 3) {
      return null;
    }
    return new Head(epochs(text(found.get(0))), number(found.get(1)), number(found.get(2)));
  }

  List<Message> forward(ChannelId channel, long from, int limit, Retention keep) {
    return read(channel, true, from, limit, keep);
  }

  List<Message> backward(ChannelId channel, long from, int limit, Retention keep) {
    List<Message> found = read(channel, false, from, limit, keep);
    Collections.reverse(found);
    return found;
  }

  /** Oldest first; none only when there is none to be read in that direction. */
  private List<Message> read(
      ChannelId channel, boolean forward, long from, int limit, Retention keep) {
    // Beyond 2^53 the server's numbers lose digits, and no seq comes so far.
    long at = Math.min(from, 1L << 53);
    while (true) {
      List<byte[]> args = arguments.begin();
      RedisArguments.add(args, keep);
      args.add(RedisArguments.of(forward ? "f" : "b"));
      args.add(RedisArguments.of(at));
      args.add(RedisArguments.of(limit));
      List<Object> found = ask(READ, ScriptOutputType.MULTI, base(channel), args);
      List<Message> messages = entries.readable(channel, found == null ? List.of() : found);
      if (found == null || found.isEmpty() || !messages.isEmpty()) {
        return messages;
      }
      long last = RedisEntries.seq(forward ? found.getLast() : found.getFirst());
      if (last == RedisEntries.NO_SEQ || (forward ? last < at : last > at)) {
        return messages;
      }
      at = forward ? last + 1 : last - 1;
    }
  }

  long seqAt(ChannelId channel, long millis, Retention keep) {
    List<byte[]> args = arguments.begin();
    RedisArguments.add(args, keep);
    args.add(RedisArguments.of(millis));
    byte[] seq = ask(SEQ_AT, ScriptOutputType.VALUE, RedisChannel.of(channel).base(), args);
    return number(seq);
  }

  EpochStart renew(ChannelId channel, long floorSeq) {
    return require(renew(channel, floorSeq, NOTHING, NOTHING, 0));
  }

  EpochStart arrive(ChannelId channel, Durability as, long change, long floorSeq) {
    return require(renew(channel, floorSeq, NOTHING, leftAs(as), change));
  }

  void supersede(ChannelId channel, Epoch outrun) {
    renew(channel, 0, RedisArguments.of(outrun.value()), NOTHING, 0);
  }

  private static EpochStart require(@Nullable EpochStart begun) {
    if (begun == null) {
      throw ChannelStore.left();
    }
    return begun;
  }

  private @Nullable EpochStart renew(
      ChannelId channel, long floorSeq, byte[] only, byte[] as, long change) {
    RedisChannel named = RedisChannel.of(channel);
    List<byte[]> args = arguments.begin();
    args.add(RedisArguments.of(RedisBroker.newEpoch()));
    args.add(RedisArguments.of(named.text()));
    args.add(RedisArguments.of(named.list()));
    args.add(RedisArguments.of(floorSeq));
    args.add(only);
    args.add(RedisArguments.of(RedisLane.TRAIL));
    args.add(as);
    args.add(RedisArguments.of(change));
    List<String> keys =
        List.of(
            named.base(),
            RedisChannel.trail(named.partition()),
            RedisChannel.trailEnd(named.partition()));
    List<Object> begun =
        await(link.eval(RENEW, ScriptOutputType.MULTI, keys, args.toArray(byte[][]::new)));
    return begun == null || begun.size() < 2
        ? null
        : new EpochStart(new Epoch(text(begun.get(1))), number(begun.get(0)));
  }

  long leave(ChannelId channel, Durability left) {
    byte[] last = ask(LEAVE, ScriptOutputType.VALUE, base(channel), leaving(left));
    return last == null ? 0 : number(last);
  }

  boolean shun(ChannelId channel, Durability other) {
    return 1 == this.<Long>ask(SHUN, ScriptOutputType.INTEGER, base(channel), leaving(other));
  }

  private List<byte[]> leaving(Durability left) {
    List<byte[]> args = arguments.begin();
    args.add(leftAs(left));
    args.add(RedisArguments.of(ChannelStore.FENCE.toMillis()));
    return args;
  }

  /** As the scripts call a class. */
  private static byte[] leftAs(Durability durability) {
    return RedisArguments.of(durability == Durability.NONE ? "ln" : "lw");
  }

  private static String base(ChannelId channel) {
    return RedisChannel.of(channel).base();
  }

  void forget(ChannelId channel) {
    this.<Long>ask(
        FORGET, ScriptOutputType.INTEGER, RedisChannel.of(channel).base(), arguments.begin());
  }

  /** Asks every partition, which answers sorted, and merges. */
  List<ChannelName> list(AppId app, String prefix, String after, int limit) {
    String before = app.value() + '/';
    // No name has a control character: this sorts right behind `after` itself.
    String least =
        ChannelName.compare(after, prefix) >= 0 && !after.isEmpty() ? after + '\1' : prefix;
    List<byte[]> args = arguments.begin();
    args.add(RedisArguments.of(before + least));
    args.add(RedisArguments.of(prefix));
    args.add(RedisArguments.of(limit));
    byte[][] asked = args.toArray(byte[][]::new);
    List<CompletionStage<List<Object>>> answers = new ArrayList<>();
    for (int i = 0; i < RedisChannel.PARTITIONS; i++) {
      answers.add(
          link.eval(LIST, ScriptOutputType.MULTI, List.of(RedisChannel.list(i, app)), asked));
    }
    List<String> names = new ArrayList<>();
    for (CompletionStage<List<Object>> answer : answers) {
      await(answer).forEach(name -> names.add(text(name)));
    }
    return names.stream().sorted(ChannelName::compare).limit(limit).map(ChannelName::new).toList();
  }

  private <T> T ask(RedisScript script, ScriptOutputType type, String key, List<byte[]> args) {
    return await(link.eval(script, type, List.of(key), args.toArray(byte[][]::new)));
  }

  private static <T> T await(CompletionStage<T> answer) {
    try {
      return answer.toCompletableFuture().join();
    } catch (RuntimeException e) {
      throw RedisFaults.ofRead(e);
    }
  }

  private static List<EpochStart> epochs(String text) {
    String[] words = text.split(" ");
    List<EpochStart> epochs = new ArrayList<>();
    for (int i = 0; i < words.length; i += 2) {
      epochs.add(new EpochStart(new Epoch(words[i]), Long.parseLong(words[i + 1])));
    }
    return epochs;
  }

  private static String text(Object value) {
    return new String((byte[]) value, StandardCharsets.UTF_8);
  }

  private static long number(Object value) {
    return Long.parseLong(text(value));
  }
}
