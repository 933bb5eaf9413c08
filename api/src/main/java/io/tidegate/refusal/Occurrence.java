package io.tidegate.refusal;

import io.tidegate.channel.AppId;
import io.tidegate.channel.KeyName;
import io.tidegate.problem.Reason;
import io.tidegate.problem.RefusedException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One refusal that was told. No text in it holds what looks like a secret ({@link Masked}), or is
 * longer than needed to find it again.
 *
 * @param id a UUIDv7
 * @param code of the catalogue
 * @param step the wire name of what decided
 * @param requestId of the request, or the id of the frame
 * @param proven whether a secret or signature of the app was shown
 * @param leftOut how many the node did not keep between this and the next that it kept
 */
public record Occurrence(
    UUID id,
    AppId app,
    Instant at,
    int code,
    String step,
    String rule,
    String detail,
    @Nullable String operation,
    @Nullable String channel,
    @Nullable String keyName,
    @Nullable String clientId,
    @Nullable String requestId,
    @Nullable String connectionId,
    String protocol,
    @Nullable String address,
    boolean proven,
    long leftOut)
    implements Entry {

  /** A refusal as it is told. */
  public static Occurrence of(
      UUID id,
      Instant at,
      KeyName key,
      @Nullable String clientId,
      boolean proven,
      RefusedException refused,
      Circumstance where) {
    Reason reason = refused.reason();
    String operation = reason.operation();
    String channel = reason.channel();
    return new Occurrence(
        id,
        key.app(),
        at,
        refused.refusal().code(),
        reason.step().wireName(),
        Masked.of(reason.rule()),
        Masked.of(refused.detail()),
        operation == null ? where.operation() : operation,
        Masked.ofNullable(channel == null ? where.channel() : channel),
        key.toString(),
        Masked.ofNullable(clientId),
        Masked.ofNullable(where.requestId()),
        where.connectionId(),
        where.protocol(),
        where.address(),
        proven,
        0);
  }
}
