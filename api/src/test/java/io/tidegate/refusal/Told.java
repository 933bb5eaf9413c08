package io.tidegate.refusal;

import io.tidegate.channel.AppId;
import io.tidegate.channel.KeyName;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;

/** Tells refusals as an edge does. */
final class Told {
  private Told() {}

  static void tell(Refusals refusals, AppId app, Refusal refusal, boolean proven, String request) {
    refusals.told(
        app,
        refusal,
        proven,
        (id, at) ->
            Occurrence.of(
                id,
                at,
                new KeyName(app, "k1"),
                "ada",
                proven,
                new RefusedException(refusal, "not so").in("publish", "chat:1"),
                new Circumstance("rest", null, null, request, null, "203.0.113.7")));
  }
}
