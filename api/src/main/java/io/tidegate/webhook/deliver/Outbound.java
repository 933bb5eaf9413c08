package io.tidegate.webhook.deliver;

import io.tidegate.webhook.Attempt;
import java.net.URI;
import java.util.Map;

/** Makes one call to wherever a webhook is, and guards where that may be. */
public interface Outbound {
  /**
   * POSTs the body. Blocks for some seconds at most; never throws for what the network, the target
   * or a guard does. Tries nothing again.
   */
  Attempt call(URI url, Map<String, String> headers, byte[] body);
}
