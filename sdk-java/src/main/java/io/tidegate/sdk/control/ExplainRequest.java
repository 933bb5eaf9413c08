package io.tidegate.sdk.control;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be explained: an operation of who has this credential, or a token with these
 * capabilities.
 *
 * @param credential a key with its secret, a key's name, a token or a ticket of the app
 * @param clientId of the token, with capabilities
 * @param operation {@code publish}, {@code subscribe}, {@code presence}, {@code history} or {@code
 *     admin}
 * @param origin of the page that would ask
 * @param messageBytes of the message that would be published
 */
public record ExplainRequest(
    @Nullable String credential,
    @Nullable Map<String, List<String>> capabilities,
    @Nullable String clientId,
    String operation,
    String channel,
    @Nullable String origin,
    int messageBytes) {
  public ExplainRequest {
    if ((credential == null) == (capabilities == null)) {
      throw new IllegalArgumentException("a credential or capabilities, one of them");
    }
    capabilities = capabilities == null ? null : Map.copyOf(capabilities);
  }

  /** Of who has this credential. */
  public static ExplainRequest ofCredential(String credential, String operation, String channel) {
    return new ExplainRequest(credential, null, null, operation, channel, null, 0);
  }

  /** Of a token with these capabilities. */
  public static ExplainRequest ofCapabilities(
      Map<String, List<String>> capabilities, String operation, String channel) {
    return new ExplainRequest(null, capabilities, null, operation, channel, null, 0);
  }

  /** The same, of a token for this client. */
  public ExplainRequest client(String newClientId) {
    return new ExplainRequest(
        credential, capabilities, newClientId, operation, channel, origin, messageBytes);
  }

  /** The same, asked by a page of this origin. */
  public ExplainRequest origin(String newOrigin) {
    return new ExplainRequest(
        credential, capabilities, clientId, operation, channel, newOrigin, messageBytes);
  }

  /** The same, with a message of this size. */
  public ExplainRequest messageBytes(int bytes) {
    return new ExplainRequest(
        credential, capabilities, clientId, operation, channel, origin, bytes);
  }

  /** Without the credential. */
  @Override
  public String toString() {
    return operation + " on " + channel;
  }
}
