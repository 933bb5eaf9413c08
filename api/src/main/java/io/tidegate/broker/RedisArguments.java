package io.tidegate.broker;

import io.tidegate.channel.Retention;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How values are told to the scripts.
 *
 * @param aheadMillis added to the server's clock: 0, but in tests, which let time pass with it
 * @param publish the command that fans out
 */
record RedisArguments(LongSupplier aheadMillis, byte[] publish) {
  static final byte[] NOTHING = {};
  private static final long MILLIS = 1_000;

  /** Which fan-out the server has. */
  static RedisArguments of(LongSupplier aheadMillis, boolean sharded) {
    return new RedisArguments(aheadMillis, of(sharded ? "SPUBLISH" : "PUBLISH"));
  }

  /** What every script is told first. */
  List<byte[]> begin() {
    List<byte[]> args = new ArrayList<>();
    args.add(of(aheadMillis.getAsLong()));
    return args;
  }

  static void add(List<byte[]> args, Retention keep) {
    args.add(of(keep.messages()));
    args.add(of(keep.seconds() * MILLIS));
  }

  static byte[] of(long number) {
    return of(Long.toString(number));
  }

  static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
