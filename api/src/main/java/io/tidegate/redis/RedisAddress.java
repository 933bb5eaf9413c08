package io.tidegate.redis;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where Redis is: one server, or some nodes of a cluster, of which the others are learnt.
 *
 * @param cluster whether to ask a cluster for its primaries
 */
public record RedisAddress(List<RedisURI> nodes, boolean cluster) {
  public RedisAddress {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("no address of Redis");
    }
  }

  /**
   * Reads {@code redis://} or {@code rediss://} addresses, separated by commas; several are those
   * of a cluster.
   *
   * @throws IllegalArgumentException when one is no such address
   */
  public static RedisAddress parse(String urls, Duration timeout) {
    List<RedisURI> nodes =
        Stream.of(urls.split(",")).map(String::strip).map(url -> uri(url, timeout)).toList();
    return new RedisAddress(nodes, nodes.size() > 1);
  }

  private static RedisURI uri(String url, Duration timeout) {
    RedisURI uri = RedisURI.create(url);
    uri.setTimeout(timeout);
    uri.setClientName("tidegate");
    return uri;
  }
}
