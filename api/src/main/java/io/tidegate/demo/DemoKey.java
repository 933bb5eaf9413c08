package io.tidegate.demo;

import io.tidegate.channel.AppId;
import io.tidegate.channel.KeyName;
import org.jspecify.annotations.Nullable;

/** The demo app's key, its secret included: may do everything, in the demo app only. */
public record DemoKey(KeyName name, String secret) {
  static @Nullable DemoKey parse(@Nullable String text) {
    int colon = text == null ? -1 : text.indexOf(':');
    if (text == null || colon < 0) {
      return null;
    }
    KeyName name = KeyName.parse(text.substring(0, colon));
    return name == null ? null : new DemoKey(name, text.substring(colon + 1));
  }

  public AppId app() {
    return name.app();
  }

  /** As a backend sends it. */
  public String credential() {
    return name + ":" + secret;
  }

  @Override
  public String toString() {
    return "DemoKey[" + name + "]";
  }
}
