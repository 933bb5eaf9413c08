package io.tidegate.control;

import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ClientId;
import io.tidegate.channel.Operation;
import io.tidegate.explain.Question;
import io.tidegate.json.Fields;
import io.tidegate.tenant.store.AppEntry;

/** Reads the body of {@code POST /v1/apps/{id}/explain}, bounds as in the contract. */
final class Questions {
  private static final int MAX_CREDENTIAL = 8_192;
  private static final int MAX_ORIGIN = 300;
  private static final int MAX_BYTES = 1 << 20;

  private Questions() {}

  static Question read(AppEntry app, byte[] body) {
    Fields fields = Fields.ofBody(body).require("operation", "channel");
    String credential = fields.text("credential", 1, MAX_CREDENTIAL);
    Capabilities capabilities = Bodies.capabilities(fields);
    if (fields.has("credential") == fields.has("capabilities")) {
      fields.fault("credential", "either credential or capabilities is required");
    }
    ClientId clientId = fields.value("clientId", ClientId::new);
    if (fields.has("clientId") && fields.has("credential")) {
      fields.fault("clientId", "stands with capabilities; a credential has its own");
    }
    Operation operation =
        fields.oneOf("operation", Operation.class, Operation::wireName, Operation.SUBSCRIBE);
    ChannelName channel = fields.value("channel", ChannelName::new);
    int bytes = (int) fields.number("messageBytes", 0, MAX_BYTES, 0);
    String origin = fields.text("origin", 1, MAX_ORIGIN);
    fields.check();
    if (channel == null) {
      throw new IllegalStateException("a fault was told");
    }
    Question.Holder holder =
        credential != null
            ? new Question.Credential(credential)
            : new Question.Granted(
                capabilities == null ? Capabilities.NONE : capabilities, clientId);
    return new Question(app.tenant(), app.appId(), holder, operation, channel, bytes, origin);
  }
}
