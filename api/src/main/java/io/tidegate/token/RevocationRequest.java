package io.tidegate.token;

import io.tidegate.auth.Revocation;
import io.tidegate.auth.Revocation.Kind;
import io.tidegate.auth.TokenMint;
import io.tidegate.channel.ClientId;
import io.tidegate.json.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/tokens/revoke}. */
record RevocationRequest(List<Revocation> revocations) {
  private static final int MAX_TARGETS = 100;
  private static final int MAX_KEY_ID = 64;

  /** A revocation that reaches ahead shuts a client out until then; a day is enough for that. */
  private static final Duration MAX_AHEAD = Duration.ofHours(24);

  /**
   * @param isKey whether the app has a key of that id
   */
  static RevocationRequest read(byte[] body, Predicate<String> isKey, Instant now) {
    Fields fields = Fields.ofBody(body).require("targets");
    long latest = now.plus(MAX_AHEAD).toEpochMilli();
    long before = fields.number("issuedBefore", 0, latest, now.toEpochMilli());
    List<Fields> targets = fields.objects("targets", 1, MAX_TARGETS);
    List<Revocation> revocations = new ArrayList<>();
    for (Fields target : targets == null ? List.<Fields>of() : targets) {
      Revocation revocation = revocation(target, isKey, before, now);
      if (revocation != null) {
        revocations.add(revocation);
      }
    }
    fields.check();
    return new RevocationRequest(revocations);
  }

  private static @Nullable Revocation revocation(
      Fields target, Predicate<String> isKey, long before, Instant now) {
    String keyId = target.text("keyId", 1, MAX_KEY_ID);
    ClientId clientId = target.value("clientId", ClientId::new);
    String tokenId = target.text("tokenId", 1, TokenMint.MAX_TOKEN_ID);
    long named = Stream.of("keyId", "clientId", "tokenId").filter(target::has).count();
    if (named != 1) {
      target.faultOfAll("must have exactly one of keyId, clientId, tokenId");
      return null;
    }
    if (keyId != null && !isKey.test(keyId)) {
      target.fault("keyId", "is not a key of this app");
      return null;
    }
    if (keyId != null) {
      return Revocation.issuedBefore(Kind.KEY, keyId, before, now);
    }
    if (clientId != null) {
      return Revocation.issuedBefore(Kind.CLIENT, clientId.value(), before, now);
    }
    return tokenId == null ? null : Revocation.ofToken(tokenId, now);
  }
}
