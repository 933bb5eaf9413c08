package io.tidegate.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The guide's Java, compiled by itself as a receiver's would be. */
final class CompiledSnippet {
  private static final String NAME = "TidegateSignature";

  private final Method isGenuine;

  private CompiledSnippet(Method isGenuine) {
    this.isGenuine = isGenuine;
  }

  static CompiledSnippet of(Path folder, String code) throws Exception {
    Path source = Files.writeString(folder.resolve(NAME + ".java"), code);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, said, said, "--release", "17", "-proc:none", source.toString());
    assertThat(result).as(said.toString(StandardCharsets.UTF_8)).isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
      return new CompiledSnippet(
          loader.loadClass(NAME).getMethod("isGenuine", String.class, byte[].class, String.class));
    }
  }

  boolean isGenuine(@Nullable String header, byte[] body, String secret) {
    try {
      return (boolean) isGenuine.invoke(null, header, body, secret);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
