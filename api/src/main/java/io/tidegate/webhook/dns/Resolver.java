package io.tidegate.webhook.dns;

import io.tidegate.settings.HostName;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Looks names up. What it answers is trusted for nothing: whoever connects checks each address. */
public interface Resolver {
  /**
   * Every address of the host, those to try first at the front. Asks anew each time and does not
   * block; who waits bounds how long.
   *
   * @return fails when there is no such host, or nobody to ask
   */
  CompletableFuture<List<InetAddress>> resolve(HostName host);
}
