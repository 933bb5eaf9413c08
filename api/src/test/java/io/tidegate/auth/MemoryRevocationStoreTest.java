package io.tidegate.auth;

import io.tidegate.channel.AppId;

class MemoryRevocationStoreTest extends RevocationStoreContract {
  private final MemoryRevocationStore store = new MemoryRevocationStore();
  private long lastApp = 100;

  @Override
  RevocationStore store() {
    return store;
  }

  @Override
  AppId newApp() {
    return new AppId(Long.toString(++lastApp));
  }
}
