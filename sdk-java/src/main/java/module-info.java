import org.jspecify.annotations.NullMarked;

/** Tidegate's client library: {@link io.tidegate.sdk.Tidegate} is where to begin. */
@NullMarked
module io.tidegate.sdk {
  requires java.net.http;
  requires static org.jspecify;

  exports io.tidegate.sdk;
  exports io.tidegate.sdk.control;
}
