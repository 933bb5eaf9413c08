package io.tidegate.edge;

/** A protocol that takes connections over from HTTP. */
public interface EdgeRoute {
  /** The exact request path, such as {@code /v1/ws}. */
  String path();

  /**
   * Decides over a request; on a virtual thread, so it may wait for the database.
   *
   * @return what to do with the line, on its event loop
   * @throws io.tidegate.problem.RefusedException answered over HTTP, as problem+json
   */
  Opening decide(EdgeRequest request);

  /** Takes the line over: {@link Takeover#become} exactly once. */
  interface Opening {
    void open(Takeover line);
  }
}
