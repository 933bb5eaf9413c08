package io.tidegate.session;

import io.tidegate.hook.Visit;
import org.jspecify.annotations.Nullable;

/**
 * Where a client comes from.
 *
 * @param address behind the proxies that are trusted
 * @param origin of the page that it is on; null when it is no browser
 * @param host the authority that it asked
 */
public record Arrival(String address, @Nullable String origin, @Nullable String host) {
  Visit visit(Protocol protocol) {
    return new Visit(protocol.name(), address, origin);
  }
}
