package io.tidegate.token;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.AppRoles;
import io.tidegate.auth.TokenMint;
import io.tidegate.channel.ChannelName;
import io.tidegate.json.Fields;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /v1/tickets}: a client's token becomes something that may stand in a URL. */
@Controller("/v1/tickets")
@Secured(AppRoles.TOKEN)
@ExecuteOn(TaskExecutors.BLOCKING)
class TicketController {
  private static final byte[] NO_BODY = new byte[0];
  private static final int MAX_CHANNELS = 100;

  private final TokenMint mint;

  TicketController(TokenMint mint) {
    this.mint = mint;
  }

  /**
   * @param expiresAt until when it opens a connection, ms since 1970
   */
  @Serdeable
  record Made(String ticket, long expiresAt) {}

  @Post
  HttpResponse<Made> make(AppPrincipal token, @Nullable @Body byte[] body) {
    TokenMint.Minted minted = mint.ticket(token, channels(body == null ? NO_BODY : body));
    return HttpResponse.created(new Made(minted.jwt(), minted.expiresAtMillis()));
  }

  private static List<ChannelName> channels(byte[] body) {
    if (body.length == 0) {
      return List.of();
    }
    Fields fields = Fields.ofBody(body);
    List<String> names = fields.texts("channels", 1, MAX_CHANNELS);
    List<ChannelName> channels = new ArrayList<>();
    for (String name : names == null ? List.<String>of() : names) {
      ChannelName channel = fields.valueOf("channels/" + channels.size(), name, ChannelName::new);
      if (channel == null) {
        break;
      }
      channels.add(channel);
    }
    fields.check();
    return channels;
  }
}
