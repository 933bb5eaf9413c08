package io.tidegate.sdk.internal;

import io.tidegate.sdk.Member;
import io.tidegate.sdk.Paged;
import io.tidegate.sdk.internal.http.Call;
import io.tidegate.sdk.internal.http.Paths;
import io.tidegate.sdk.internal.http.Transport;
import io.tidegate.sdk.internal.message.Pages;

/** Presence over HTTP: what is asked, not told. */
public final class HttpPresence {
  private final String path;
  private final Transport transport;

  public HttpPresence(String channel, Transport transport) {
    this.path = Paths.of("/v1/channels/{}/presence", channel);
    this.transport = transport;
  }

  public Paged<Member> get() {
    return new Paged<>(
        cursor ->
            transport
                .send(Call.get(Paths.query(path, "cursor", cursor)))
                .thenApply(answer -> answer.read(Pages::members)));
  }

  public long count() {
    return Futures.join(
        transport
            .send(Call.get(Paths.query(path, "limit", 1)))
            .thenApply(answer -> answer.read(Pages::count)));
  }
}
