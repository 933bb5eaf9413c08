package io.tidegate.bench.net;

import io.netty.buffer.ByteBuf;

/** What happens on one WebSocket connection, told on its event loop. */
public interface WsListener {
  /** The handshake is done. */
  void opened(WsClient client);

  /** A text frame; the bytes are lent for the call. */
  void text(WsClient client, ByteBuf bytes, int from, int length);

  /** All frames of one read have been told. */
  void readComplete(WsClient client);

  /** The connection ended, or never came to be; told once. */
  void closed(WsClient client, String reason);
}
