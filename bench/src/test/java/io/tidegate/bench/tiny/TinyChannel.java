package io.tidegate.bench.tiny;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.ArrayList;
import java.util.List;

/** One channel: everything published, and who listens. On the one loop. */
final class TinyChannel {
  static final int VICTIM = 5;

  private final String name;
  private final Mischief mischief;
  private final List<String> frames = new ArrayList<>();
  private final List<Channel> listeners = new ArrayList<>();
  private boolean forgotten;

  TinyChannel(String name, Mischief mischief) {
    this.name = name;
    this.mischief = mischief;
  }

  long head() {
    return frames.size();
  }

  /** Adds a listener, after what it missed. */
  void join(Channel listener, long since) {
    listeners.removeIf(other -> !other.isActive());
    listeners.add(listener);
    for (long seq = since + 1; seq <= head(); seq++) {
      send(listener, frames.get((int) seq - 1));
    }
    listener.flush();
  }

  /** Numbers and delivers; returns the seq. */
  long publish(String data) {
    if (mischief == Mischief.FORGETS && head() == VICTIM - 1 && !forgotten) {
      forgotten = true;
      return VICTIM;
    }
    long seq = head() + 1;
    frames.add(frame(seq, data));
    boolean first = true;
    for (Channel listener : listeners) {
      deliver(listener, (int) seq, first);
      first = false;
    }
    return seq;
  }

  void flush() {
    listeners.forEach(Channel::flush);
  }

  private void deliver(Channel listener, int seq, boolean victim) {
    String frame = frames.get(seq - 1);
    boolean now = victim && seq == VICTIM;
    if (victim && mischief == Mischief.SWAPS && seq == VICTIM + 1) {
      send(listener, frame);
      send(listener, frames.get(VICTIM - 1));
    } else if (now && mischief == Mischief.HANGS_UP) {
      listener.close();
    } else if (now && mischief == Mischief.REPEATS) {
      send(listener, frame);
      send(listener, frame);
    } else if (now && mischief == Mischief.FORGES) {
      send(listener, frame(seq, frames.getFirst().replaceAll(".*\"data\":|}$", "")));
    } else if (!now || mischief != Mischief.LOSES && mischief != Mischief.SWAPS) {
      send(listener, frame);
    }
  }

  private String frame(long seq, String data) {
    String rest = "\"channel\":\"" + name + "\",\"seq\":" + seq + ",\"id\":\"m" + seq + "\"";
    return mischief == Mischief.OTHER_ORDER
        ? "{" + rest + ",\"type\":\"message\",\"timestamp\":1,\"data\":" + data + "}"
        : "{\"type\":\"message\"," + rest + ",\"timestamp\":1,\"data\":" + data + "}";
  }

  private static void send(Channel listener, String frame) {
    listener.write(new TextWebSocketFrame(frame));
  }
}
