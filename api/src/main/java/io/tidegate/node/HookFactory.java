package io.tidegate.node;

import io.micronaut.context.annotation.Factory;
import io.tidegate.hook.ConnectHook;
import io.tidegate.hook.HookCalls;
import io.tidegate.hook.HookPace;
import io.tidegate.hook.Hooks;
import io.tidegate.hook.PublishHook;
import io.tidegate.webhook.send.GuardedSender;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The parts that ask hooks, which are plain Java, put together for this node. */
@Factory
final class HookFactory {
  @Singleton
  HookPace pace() {
    return HookPace.STANDARD;
  }

  @Singleton
  HookCalls calls(GuardedSender sender, HookPace pace, InstantSource clock) {
    return new HookCalls(sender::send, pace, clock);
  }

  @Singleton
  PublishHook publishHook(Hooks hooks, HookCalls calls) {
    return new PublishHook(hooks, calls);
  }

  @Singleton
  ConnectHook connectHook(Hooks hooks, HookCalls calls, InstantSource clock) {
    return new ConnectHook(hooks, calls, clock);
  }
}
