package io.tidegate.tenant;

import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;

/** Hears that something of an app changed; reads what it needs anew from the directory. */
public interface DirectoryListener {
  void changed(AppId app);

  /** A tenant has other limits. */
  default void limitsChanged(TenantId tenant) {}
}
