package io.tidegate.tenant;

import io.tidegate.channel.AppId;

/** Hears that something of an app changed; reads what it needs anew from the directory. */
public interface DirectoryListener {
  void changed(AppId app);
}
