package io.tidegate.hook;

import io.tidegate.channel.AppId;

/** The hooks of apps that are served, from memory when the app is known; else it may wait. */
@FunctionalInterface
public interface Hooks {
  Hooks NONE = app -> AppHooks.NONE;

  /**
   * @throws io.tidegate.problem.RefusedException STORE_UNAVAILABLE when they cannot be read: then
   *     nobody knows whom to ask
   */
  AppHooks of(AppId app);
}
