package io.tidegate.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.AppId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

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

  @Test
  void countsWhatItForgets() {
    AppId app = newApp();
    Instant now = Instant.parse("2026-05-04T09:30:00Z");
    List<Revocation> two = List.of(Revocation.ofToken("t1", now), Revocation.ofToken("t2", now));
    store.add(BY, AuthFixture.TENANT, app, two);
    store.add(BY, AuthFixture.TENANT, app, List.of(Revocation.ofToken("t3", now.plusSeconds(1))));

    assertThat(store.dropExpired(two.getFirst().expiresAt())).isEqualTo(2);
    assertThat(store.load(app, now)).hasSize(1);
  }
}
