package io.tidegate.broker;

import io.lettuce.core.cluster.SlotHash;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * How a channel is named in Redis: by a hash, so that no name a client chose is part of a key. All
 * keys of a channel carry the hash tag of its partition, so that a script may touch them together
 * and a micro-batch is one call.
 *
 * @param partition 0 to {@link #PARTITIONS} - 1
 * @param base what its keys begin with, and what its messages are published to
 * @param text the channel itself, as a value
 * @param list the key that lists the app's channels of this partition
 */
public record RedisChannel(
    ChannelId channel, int partition, String base, String text, String list) {
  /** For ever: a channel's keys are found by it. */
  public static final int PARTITIONS = 64;

  private static final int HASH_BYTES = 16;
  private static final String[] TAGS = new String[PARTITIONS];
  private static final int[] SLOTS = new int[PARTITIONS];

  static {
    for (int i = 0; i < PARTITIONS; i++) {
      TAGS[i] = "{tg" + i + "}:";
      SLOTS[i] = SlotHash.getSlot(TAGS[i]);
    }
  }

  public static RedisChannel of(ChannelId channel) {
    String text = channel.app().value() + '/' + channel.name().value();
    byte[] hash = sha256(text);
    int partition = hash[HASH_BYTES] & (PARTITIONS - 1);
    String name =
        Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, HASH_BYTES));
    return new RedisChannel(
        channel, partition, TAGS[partition] + name, text, list(partition, channel.app()));
  }

  static String list(int partition, AppId app) {
    return TAGS[partition] + "x:" + app.value();
  }

  /** What was published lately in a partition. */
  static String trail(int partition) {
    return TAGS[partition] + "t";
  }

  /** The number of the trail's last entry. */
  static String trailEnd(int partition) {
    return TAGS[partition] + "tn";
  }

  /** A key of a partition, for what is kept of all its channels. */
  public static String key(int partition, String name) {
    return TAGS[partition] + name;
  }

  static int slot(int partition) {
    return SLOTS[partition];
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
