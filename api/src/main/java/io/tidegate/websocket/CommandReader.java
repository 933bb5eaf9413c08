package io.tidegate.websocket;

import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Position;
import io.tidegate.frame.MemberJson;
import io.tidegate.hub.Start;
import io.tidegate.json.Fields;
import io.tidegate.json.RawObject;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.publish.DraftReader;
import io.tidegate.session.Command;
import io.tidegate.session.Rewinds;
import io.tidegate.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads client frames as {@code openapi/asyncapi.yaml} has them. */
final class CommandReader {
  private static final String MESSAGES = "messages";
  private static final String DATA = "data";
  private static final int MAX_ID = 64;
  private static final int MAX_CHANNELS = 100;
  private static final int MAX_TOKEN = 8192;

  /** Characters of a connection's key. */
  static final int MAX_KEY = 255;

  private static final int MAX_CURSOR = 2_048;

  private CommandReader() {}

  /** Gives the session the command in the frame, or refuses the frame with its id. */
  static void read(byte[] json, Session session) {
    RefusedException over = session.overRate(json.length);
    if (over != null && over.refusal().closes()) {
      session.end(over);
      return;
    }
    String id = null;
    try {
      RawObject frame = RawObject.read(json, MESSAGES);
      id = frame.fields().text("id", 1, MAX_ID);
      if (over != null) {
        throw over;
      }
      session.receive(command(id, frame));
    } catch (RefusedException refused) {
      session.refuse(id, over == null ? refused : over);
    }
  }

  /** The command in a frame. */
  static Command read(byte[] json) {
    RawObject frame = RawObject.read(json, MESSAGES);
    return command(frame.fields().text("id", 1, MAX_ID), frame);
  }

  private static Command command(@Nullable String id, RawObject frame) {
    Fields fields = frame.fields();
    String type = fields.require("type").text("type", 1, MAX_ID);
    return switch (type == null ? "" : type) {
      case "auth" -> auth(id, fields);
      case "subscribe" -> subscribe(id, fields);
      case "unsubscribe" -> {
        ChannelName channel = channel(fields);
        yield new Command.Unsubscribe(id, channel);
      }
      case "publish" -> publish(id, frame);
      case "presence" -> presence(id, RawObject.read(frame.json(), DATA));
      case "presence.get" -> presenceGet(id, fields);
      case "ping" -> {
        fields.check();
        yield new Command.Ping(id);
      }
      default ->
          throw new RefusedException(
              Refusal.FRAME_TYPE_UNKNOWN,
              "a frame's type is auth, subscribe, unsubscribe, publish, presence, presence.get or ping");
    };
  }

  private static Command auth(@Nullable String id, Fields fields) {
    fields.require("token");
    String token = fields.text("token", 1, MAX_TOKEN);
    String resume = fields.text("resume", 0, MAX_KEY);
    boolean echo = fields.flag("echo", true);
    fields.check();
    return new Command.Auth(id, token == null ? "" : token, resume, echo);
  }

  private static Command subscribe(@Nullable String id, Fields fields) {
    boolean one = fields.has("channel");
    boolean many = fields.has("channels");
    if (one == many) {
      fields.fault("channel", "either channel or channels is required");
    }
    List<ChannelName> channels = new ArrayList<>();
    if (one) {
      ChannelName channel = fields.value("channel", ChannelName::new);
      if (channel != null) {
        channels.add(channel);
      }
    } else {
      List<String> names = fields.texts("channels", 1, MAX_CHANNELS);
      for (String name : names == null ? List.<String>of() : names) {
        ChannelName channel = fields.valueOf("channels", name, ChannelName::new);
        if (channel != null) {
          channels.add(channel);
        }
      }
    }
    Start start = start(fields, one);
    boolean presence = fields.flag("presence", false);
    fields.check();
    return new Command.Subscribe(id, channels, start, presence);
  }

  private static Start start(Fields fields, boolean one) {
    boolean since = fields.has("since");
    boolean rewind = fields.has("rewind");
    if (since && rewind) {
      fields.fault("since", "stands without rewind");
    }
    if (since && !one) {
      fields.fault("since", "stands with channel, not with channels");
    }
    if (since) {
      Fields position = fields.object("since");
      return position == null ? new Start.Live() : new Start.Since(position(position));
    }
    return rewind ? rewind(fields) : new Start.Live();
  }

  private static Start rewind(Fields fields) {
    if (fields.isText("rewind")) {
      Start span = fields.value("rewind", Rewinds::parseTime);
      return span == null ? new Start.Live() : span;
    }
    long messages = fields.number("rewind", 1, Integer.MAX_VALUE, 1);
    return Rewinds.ofMessages((int) messages);
  }

  private static Position position(Fields fields) {
    fields.require("epoch", "seq");
    Epoch epoch = fields.value("epoch", Epoch::new);
    long seq = fields.number("seq", 0, Long.MAX_VALUE - 1, 0);
    return new Position(epoch == null ? new Epoch("none") : epoch, seq);
  }

  private static ChannelName channel(Fields fields) {
    fields.require("channel");
    ChannelName channel = fields.value("channel", ChannelName::new);
    fields.check();
    return orThrow(channel);
  }

  private static ChannelName orThrow(@Nullable ChannelName channel) {
    if (channel == null) {
      throw new RefusedException(Refusal.CHANNEL_NAME_INVALID, "channel is required");
    }
    return channel;
  }

  private static Command presence(@Nullable String id, RawObject frame) {
    Fields fields = frame.fields();
    fields.text("type", 1, MAX_ID);
    fields.text("id", 1, MAX_ID);
    fields.has(DATA);
    fields.require("channel", "action");
    ChannelName channel = fields.value("channel", ChannelName::new);
    Command.Presence.Action action =
        fields.oneOf(
            "action",
            Command.Presence.Action.class,
            one -> one.name().toLowerCase(Locale.ROOT),
            Command.Presence.Action.LEAVE);
    fields.check();
    String data =
        frame.rawLength() == 0
            ? null
            : oneLine(
                new String(
                    frame.json(), frame.rawFrom(), frame.rawLength(), StandardCharsets.UTF_8));
    return new Command.Presence(id, orThrow(channel), action, data);
  }

  /** Line ends stand between JSON's tokens only, and an event stream's data is one line. */
  private static String oneLine(String json) {
    return json.replace('\n', ' ').replace('\r', ' ');
  }

  private static Command presenceGet(@Nullable String id, Fields fields) {
    fields.require("id", "channel");
    ChannelName channel = fields.value("channel", ChannelName::new);
    int limit = (int) fields.number("limit", 1, MAX_CHANNELS, MAX_CHANNELS);
    String cursor = fields.text("cursor", 1, MAX_CURSOR);
    String after = cursor == null ? "" : fields.valueOf("cursor", cursor, MemberJson::keyOf);
    fields.check();
    return new Command.PresenceGet(id, orThrow(channel), limit, after == null ? "" : after);
  }

  /** Who publishes is known when the frames before this one have been carried out. */
  private static Command publish(@Nullable String id, RawObject frame) {
    Fields fields = frame.fields();
    fields.require("channel", MESSAGES);
    ChannelName channel = fields.value("channel", ChannelName::new);
    fields.check();
    return new Command.Publish(
        id,
        orThrow(channel),
        (who, connectionId) ->
            DraftReader.readArray(
                frame.json(), frame.rawFrom(), frame.rawLength(), "/messages", who, connectionId));
  }
}
