package io.tidegate.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import io.tidegate.hub.Start;
import io.tidegate.json.StrictJson;
import io.tidegate.problem.RefusedException;
import io.tidegate.publish.Principals;
import io.tidegate.session.Command;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Frames made of anything are refused with a 400, or read as what they say. */
final class CommandFuzzing {
  void anyFrame(byte[] input) {
    Command command = read(input);
    if (command == null) {
      return;
    }
    assertThat(command.id() == null || command.id().length() <= 64).isTrue();
    switch (command) {
      case Command.Publish publish -> drafts(publish);
      case Command.Subscribe subscribe -> {
        assertThat(subscribe.channels()).hasSizeBetween(1, 100);
        again(subscribe, json(subscribe));
      }
      case Command.Auth auth -> again(auth, json(auth));
      case Command.Unsubscribe one ->
          again(one, fields("unsubscribe", one.id(), "channel", one.channel().value()));
      case Command.Presence one -> present(one);
      case Command.PresenceGet one -> assertThat(one.limit()).isBetween(1, 100);
      case Command.Ping ping -> again(ping, fields("ping", ping.id()));
    }
  }

  private static @Nullable Command read(byte[] frame) {
    try {
      return CommandReader.read(frame);
    } catch (RefusedException refused) {
      assertThat(refused.refusal().httpStatus()).isEqualTo(400);
      return null;
    }
  }

  private static void drafts(Command.Publish publish) {
    List<Draft> drafts;
    try {
      drafts = publish.messages().read(Principals.token("ada"), "n1-c1");
    } catch (RefusedException refused) {
      assertThat(refused.refusal().httpStatus()).isIn(400, 413);
      return;
    }
    assertThat(drafts).hasSizeBetween(1, 100);
    for (Draft draft : drafts) {
      assertThat(draft.clientId()).isEqualTo("ada");
      assertThat(draft.connectionId()).isEqualTo("n1-c1");
    }
  }

  private static void present(Command.Presence command) {
    if (command.data() != null) {
      assertThat(command.data()).doesNotContain("\n", "\r");
      StrictJson.parse(command.data());
    }
    String action = command.action().name().toLowerCase(Locale.ROOT);
    String channel = command.channel().value();
    again(
        new Command.Presence(command.id(), command.channel(), command.action(), null),
        fields("presence", command.id(), "channel", channel, "action", action));
  }

  private static void again(Command command, Map<String, @Nullable Object> fields) {
    byte[] written = StrictJson.write(fields).getBytes(StandardCharsets.UTF_8);
    assertThat(read(written)).as(() -> StrictJson.write(fields)).isEqualTo(command);
  }

  private static Map<String, @Nullable Object> json(Command.Subscribe subscribe) {
    List<String> names = subscribe.channels().stream().map(ChannelName::value).toList();
    Map<String, @Nullable Object> fields =
        subscribe.start() instanceof Start.Since
            ? fields("subscribe", subscribe.id(), "channel", names.getFirst())
            : fields("subscribe", subscribe.id(), "channels", names);
    fields.put("presence", subscribe.presence());
    switch (subscribe.start()) {
      case Start.Live live -> {}
      case Start.Since since ->
          fields.put(
              "since",
              Map.of("epoch", since.position().epoch().value(), "seq", since.position().seq()));
      case Start.Rewind rewind -> {
        assertThat(rewind.messages()).isPositive();
        assertThat(rewind.seconds()).isNotNegative();
        boolean byCount = rewind.messages() < Integer.MAX_VALUE;
        fields.put(
            "rewind", byCount ? (Object) (long) rewind.messages() : spelled(rewind.seconds()));
      }
    }
    return fields;
  }

  /** In hours where seconds would have too many digits. */
  private static String spelled(long seconds) {
    if (seconds < 10_000_000) {
      return seconds + "s";
    }
    return seconds < 60 * 10_000_000L && seconds % 60 == 0
        ? seconds / 60 + "m"
        : seconds / 3600 + "h";
  }

  private static Map<String, @Nullable Object> json(Command.Auth auth) {
    Map<String, @Nullable Object> fields =
        fields("auth", auth.id(), "token", auth.token(), "echo", auth.echo());
    if (auth.resume() != null) {
      fields.put("resume", auth.resume());
    }
    return fields;
  }

  private static Map<String, @Nullable Object> fields(
      String type, @Nullable String id, Object... more) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("type", type);
    if (id != null) {
      fields.put("id", id);
    }
    for (int i = 0; i < more.length; i += 2) {
      fields.put(String.valueOf(more[i]), more[i + 1]);
    }
    return fields;
  }
}
