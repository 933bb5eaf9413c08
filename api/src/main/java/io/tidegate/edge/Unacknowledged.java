package io.tidegate.edge;

import io.netty.channel.ChannelConfig;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.uring.IoUringChannelOption;

/** How long sent bytes may stay without an answer of TCP (RFC 5482): else 15 min with Linux. */
final class Unacknowledged {
  private Unacknowledged() {}

  /** Where the transport can; plain NIO keeps what the system does. */
  static void endAfter(ChannelConfig config, int millis) {
    if (!config.setOption(EpollChannelOption.TCP_USER_TIMEOUT, millis)) {
      config.setOption(IoUringChannelOption.TCP_USER_TIMEOUT, millis);
    }
  }
}
