package io.tidegate.sdk.control;

import org.jspecify.annotations.Nullable;

/**
 * Which refusals: by one of these, or all.
 *
 * @param requestId of the answer, or the id of the refused frame
 */
public record RefusalQuery(
    @Nullable String requestId, @Nullable String clientId, @Nullable Integer code) {
  public RefusalQuery {
    int given = (requestId == null ? 0 : 1) + (clientId == null ? 0 : 1) + (code == null ? 0 : 1);
    if (given > 1) {
      throw new IllegalArgumentException("by a request, a client or a code, one of them");
    }
  }

  /** All of them. */
  public static RefusalQuery all() {
    return new RefusalQuery(null, null, null);
  }

  /** Of one request, as {@code TidegateException.requestId} tells it. */
  public static RefusalQuery ofRequest(String requestId) {
    return new RefusalQuery(requestId, null, null);
  }

  /** Of one client. */
  public static RefusalQuery ofClient(String clientId) {
    return new RefusalQuery(null, clientId, null);
  }

  /** With one code of the catalogue. */
  public static RefusalQuery ofCode(int code) {
    return new RefusalQuery(null, null, code);
  }
}
