package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.JsonMapper;
import io.tidegate.sdk.internal.auth.Credentials;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the client half is made of.
 *
 * @param urls of gateways, http or https; the next one is tried when one cannot be reached
 * @param callbacks where applications are called
 * @param echo whether own messages come back
 * @param queue messages that may wait to be published
 * @param answerWithin for a frame that is to be answered; a link that does not is replaced
 */
public record LiveSettings(
    List<URI> urls,
    Credentials credentials,
    JsonMapper mapper,
    Executor callbacks,
    boolean echo,
    int queue,
    Duration answerWithin) {
  public LiveSettings {
    urls = List.copyOf(urls);
    if (urls.isEmpty() || queue < 1 || answerWithin.isNegative() || answerWithin.isZero()) {
      throw new IllegalArgumentException("a url, a queue and a time limit are needed");
    }
  }

  /** With a key, what {@code auth} would say is in the query. */
  URI webSocket(int number, boolean inQuery, @Nullable String resume) {
    URI base = urls.get(Math.floorMod(number, urls.size()));
    String path = base.toString().replaceFirst("^http", "ws").replaceFirst("/$", "") + "/v1/ws";
    if (inQuery && (!echo || resume != null)) {
      path += "?echo=" + echo;
      path += resume == null ? "" : "&resume=" + URLEncoder.encode(resume, StandardCharsets.UTF_8);
    }
    return URI.create(path);
  }
}
