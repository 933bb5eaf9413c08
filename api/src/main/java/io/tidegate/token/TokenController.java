package io.tidegate.token;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.AppRoles;
import io.tidegate.auth.ConsoleRecord;
import io.tidegate.auth.Revocations;
import io.tidegate.auth.TokenMint;
import io.tidegate.channel.AppId;
import io.tidegate.channel.KeyName;
import io.tidegate.rest.RequestIds;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.StoredJson;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code POST /v1/tokens} and {@code POST /v1/tokens/revoke}: for keys with {@code admin}. */
@Controller("/v1/tokens")
@Secured(AppRoles.KEY)
@ExecuteOn(TaskExecutors.BLOCKING)
class TokenController {
  private final TokenMint mint;
  private final Revocations revocations;
  private final Directory directory;
  private final ConsoleRecord record;
  private final InstantSource clock;

  TokenController(
      TokenMint mint,
      Revocations revocations,
      Directory directory,
      ConsoleRecord record,
      InstantSource clock) {
    this.mint = mint;
    this.revocations = revocations;
    this.directory = directory;
    this.record = record;
    this.clock = clock;
  }

  /**
   * @param expiresAt ms since 1970
   */
  @Serdeable
  record Issued(String token, String tokenId, long expiresAt) {}

  @Post
  HttpResponse<Issued> issue(AppPrincipal key, HttpRequest<?> request, @Body byte[] body) {
    key.requireAdmin();
    TokenRequest asked = TokenRequest.read(key, body, keyId -> isKey(key.app(), keyId));
    TokenMint.Minted minted =
        mint.token(
            key,
            asked.signer(),
            asked.clientId(),
            asked.capabilities(),
            asked.limits(),
            asked.lifetime());
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("keyName", asked.signer().toString());
    details.put("clientId", asked.clientId() == null ? "" : asked.clientId().value());
    details.put("capabilities", StoredJson.ofCapabilities(asked.capabilities()));
    details.put("ttlSeconds", asked.lifetime().toSeconds());
    record.note(key, RequestIds.of(request), "token.created", "token", minted.id(), details);
    return HttpResponse.created(new Issued(minted.jwt(), minted.id(), minted.expiresAtMillis()));
  }

  @Post("/revoke")
  @Status(HttpStatus.NO_CONTENT)
  void revoke(AppPrincipal key, HttpRequest<?> request, @Body byte[] body) {
    key.requireAdmin();
    RevocationRequest asked =
        RevocationRequest.read(body, keyId -> isKey(key.app(), keyId), clock.instant());
    revocations.revoke(
        ConsoleRecord.caller(key, RequestIds.of(request)),
        key.tenant(),
        key.app(),
        asked.revocations());
  }

  private boolean isKey(AppId app, String keyId) {
    return KeyName.isKeyId(keyId) && directory.key(new KeyName(app, keyId)).isPresent();
  }
}
