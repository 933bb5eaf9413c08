package io.tidegate.hook;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a channel's before-publish hook about a unit, all of its messages in one call. May wait as
 * long as the hook may take: on virtual threads only. A retry is asked about again, as nothing of a
 * decision is kept; the store knows it by what was sent, not by what a hook has made of it.
 */
public final class PublishHook {
  /** Of which no channel has one. */
  public static final PublishHook NONE = new PublishHook(Hooks.NONE, HookCalls.NONE);

  private final Hooks hooks;
  private final HookCalls calls;

  public PublishHook(Hooks hooks, HookCalls calls) {
    this.hooks = hooks;
    this.calls = calls;
  }

  /** Reads an array of messages within an answer by the rules of a publish. */
  @FunctionalInterface
  public interface Reader {
    /**
     * @throws io.tidegate.problem.RefusedException with the rule that is broken
     */
    List<Draft> read(byte[] json, int from, int length);
  }

  /** Who is asked; null where nobody is. */
  public @Nullable Hook of(AppId app, ChannelName channel) {
    return hooks.of(app).beforePublish(channel);
  }

  /**
   * The drafts as the hook lets them pass.
   *
   * @param hook of the channel
   * @throws io.tidegate.problem.RefusedException HOOK_REFUSED, HOOK_UNAVAILABLE
   */
  public List<Draft> passed(
      Hook hook, AppPrincipal who, ChannelName channel, List<Draft> drafts, Reader reader) {
    Inquiry inquiry = new Inquiry(channel.value(), data(who, channel, drafts));
    Verdict<List<Draft>> verdict = calls.ask(hook, inquiry, new ChangedDrafts(drafts, reader));
    List<Draft> made = HookRulings.made(hook, verdict);
    return made == null ? drafts : made;
  }

  private static String data(AppPrincipal who, ChannelName channel, List<Draft> drafts) {
    StringBuilder json = new StringBuilder(256).append('{');
    Inquiry.field(json, "channel", channel.value());
    Inquiry.field(json, "clientId", who.clientId());
    Inquiry.field(json, "keyName", who.key().toString());
    Inquiry.field(json, "connectionId", drafts.getFirst().connectionId());
    json.append(",\"messages\":[");
    for (int i = 0; i < drafts.size(); i++) {
      message(json.append(i == 0 ? "" : ","), drafts.get(i));
    }
    return json.append("]}").toString();
  }

  /** As a publish has it, without what is absent. */
  private static void message(StringBuilder json, Draft draft) {
    json.append('{');
    Inquiry.field(json, "id", draft.id());
    if (draft.name() != null) {
      Inquiry.field(json, "name", draft.name());
    }
    Inquiry.raw(json, "data", utf8(draft.data()));
    if (draft.encoding() != null) {
      Inquiry.field(json, "encoding", draft.encoding());
    }
    if (draft.clientId() != null) {
      Inquiry.field(json, "clientId", draft.clientId());
    }
    if (draft.headers() != null) {
      Inquiry.raw(json, "headers", utf8(draft.headers()));
    }
    if (draft.exclude() != null) {
      Inquiry.field(json, "exclude", draft.exclude());
    }
    json.append('}');
  }

  private static String utf8(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
