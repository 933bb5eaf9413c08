package io.tidegate.hook;

import org.jspecify.annotations.Nullable;

/**
 * How a client connects.
 *
 * @param protocol as the connections list shows it
 * @param address the client's, behind the proxies that are trusted
 * @param origin of the page that it is on; null when it is no browser
 */
public record Visit(String protocol, String address, @Nullable String origin) {}
