package io.tidegate.node;

import io.tidegate.auth.Revocations;
import io.tidegate.tenant.Command;
import io.tidegate.tenant.CommandListener;
import java.time.Duration;

/** Reads an app's revocations again when some were added. */
record TokensRevoked(Revocations revocations) implements CommandListener {
  @Override
  public void told(Command command, Duration ago) {
    if (command instanceof Command.TokensRevoked revoked) {
      revocations.reload(revoked.app());
    }
  }

  @Override
  public void missed() {
    revocations.reload();
  }
}
