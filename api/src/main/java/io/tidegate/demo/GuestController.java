package io.tidegate.demo;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.Authenticator;
import io.tidegate.auth.TokenLimits;
import io.tidegate.auth.TokenMint;
import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.ClientId;
import io.tidegate.channel.Operation;
import io.tidegate.json.Fields;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.rest.SameOrigin;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;

/**
 * {@code POST /demo/token}: what a backend of one's own would do for its pages. Whoever sees the
 * page is a guest of the demo app, with a token for its channels and no others.
 */
@Controller("/demo/token")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class GuestController {
  private static final Duration LIFETIME = Duration.ofMinutes(15);
  private static final String GUEST = "guest-[0-9a-f]{6}";
  private static final Capabilities RIGHTS =
      new Capabilities(
          Map.of(
              new ChannelPattern("demo:*"), EnumSet.of(Operation.PUBLISH, Operation.SUBSCRIBE),
              new ChannelPattern("stocks:*"), EnumSet.of(Operation.SUBSCRIBE),
              new ChannelPattern("quakes:*"), EnumSet.of(Operation.SUBSCRIBE)));

  private final DemoTenant demo;
  private final Authenticator authenticator;
  private final TokenMint mint;
  private final SecureRandom random = new SecureRandom();

  GuestController(DemoTenant demo, Authenticator authenticator, TokenMint mint) {
    this.demo = demo;
    this.authenticator = authenticator;
    this.mint = mint;
  }

  /**
   * @param expiresAt ms since 1970
   */
  @Serdeable
  record Admitted(String token, String clientId, long expiresAt) {}

  /** The body may name the guest that the page is already, so that a renewed token is its own. */
  @Post
  HttpResponse<Admitted> admit(HttpRequest<?> request, @Nullable @Body byte[] body) {
    DemoKey key =
        demo.key()
            .orElseThrow(() -> new RefusedException(Refusal.NOT_FOUND, "There is nothing here."));
    if (!SameOrigin.asks(request)) {
      throw new RefusedException(
          Refusal.ORIGIN_REFUSED, "only the demo page of this gateway may ask for this");
    }
    ClientId guest = guest(body);
    AppPrincipal principal = authenticator.key(key.credential());
    TokenMint.Minted minted = mint.token(principal, guest, RIGHTS, TokenLimits.NONE, LIFETIME);
    return HttpResponse.created(new Admitted(minted.jwt(), guest.value(), minted.expiresAtMillis()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private ClientId guest(byte @Nullable [] body) {
    ClientId known = null;
    if (body != null && body.length > 0) {
      Fields fields = Fields.ofBody(body);
      known = fields.value("clientId", ClientId::new);
      if (known != null && !known.value().matches(GUEST)) {
        fields.fault("clientId", "is not a guest's");
      }
      fields.check();
    }
    if (known != null) {
      return known;
    }
    byte[] name = new byte[3];
    random.nextBytes(name);
    return new ClientId("guest-" + HexFormat.of().formatHex(name));
  }
}
