package io.tidegate.tenant;

import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;

/**
 * Erases what some part of the gateway keeps of an app. Called in the background when the app was
 * deleted and is no longer served, before its own row goes; again, if it threw. Calling it for what
 * is erased already does nothing.
 */
public interface AppErasure {
  void erase(TenantId tenant, AppId app);
}
