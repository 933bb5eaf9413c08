package io.tidegate.tls;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.ssl.CertificateProvider;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import io.tidegate.settings.Settings;
import io.tidegate.settings.SettingsException;
import io.tidegate.settings.TlsFiles;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Sinks;

/**
 * The public port's certificate. Reads its files again when they change: new handshakes see the new
 * one, connections that are open keep theirs. A bad pair changes nothing. Not Micronaut's own
 * provider of files: that one watches one folder by name, which misses links that are switched (as
 * Kubernetes does), and takes a key that is not the certificate's.
 */
@Singleton
@Named(PublicCertificate.NAME)
@Requires(property = "micronaut.server.ssl.enabled", value = "true")
public final class PublicCertificate implements CertificateProvider {
  /** The bean's name, which the listener is told. */
  public static final String NAME = "gateway";

  private static final Duration LOOKED_AT_EACH = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(PublicCertificate.class);

  private final TlsFiles files;
  private final Sinks.Many<KeyStore> stores = Sinks.many().replay().latest();

  // What follows is the constructor's, then the scheduler's: never two threads at a time.
  private byte[] certificate = new byte[0];
  private byte[] key = new byte[0];

  /**
   * What is wrong with the files now; told when it was so twice, lest a half-made change counts.
   */
  private @Nullable String fault;

  private boolean told;

  PublicCertificate(Settings settings, @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler) {
    this.files = Objects.requireNonNull(settings.tls());
    try {
      take();
    } catch (CertifiedKey.Unusable e) {
      throw new SettingsException("TIDEGATE_TLS_CERT, TIDEGATE_TLS_KEY: " + e.getMessage());
    }
    scheduler.scheduleWithFixedDelay(LOOKED_AT_EACH, LOOKED_AT_EACH, this::look);
  }

  /**
   * Whether the files make a pair; for before anything is started.
   *
   * @throws SettingsException with one line when they do not
   */
  public static void check(TlsFiles files) {
    try {
      CertifiedKey.read(files).keyStore();
    } catch (CertifiedKey.Unusable e) {
      throw new SettingsException("TIDEGATE_TLS_CERT, TIDEGATE_TLS_KEY: " + e.getMessage());
    }
  }

  @Override
  public Publisher<KeyStore> getKeyStore() {
    return stores.asFlux();
  }

  @Override
  public String getName() {
    return NAME;
  }

  private void look() {
    try {
      take();
      fault = null;
    } catch (CertifiedKey.Unusable e) {
      boolean again = Objects.equals(fault, e.getMessage());
      if (again && !told) {
        LOG.error("TLS: the new files are not used, the old ones are: {}", e.getMessage());
      }
      told = again;
      fault = e.getMessage();
    }
  }

  private void take() throws CertifiedKey.Unusable {
    byte[] certificateNow = CertifiedKey.bytes(files.certificate());
    byte[] keyNow = CertifiedKey.bytes(files.key());
    if (Arrays.equals(certificateNow, certificate) && Arrays.equals(keyNow, key)) {
      return;
    }
    CertifiedKey pair = CertifiedKey.of(files, certificateNow, keyNow);
    stores.tryEmitNext(pair.keyStore()).orThrow();
    certificate = certificateNow;
    key = keyNow;
    Instant end = pair.chain().getFirst().getNotAfter().toInstant();
    if (end.isBefore(Instant.now())) {
      LOG.warn("TLS: the certificate in {} has ended on {}", files.certificate(), end);
    } else {
      LOG.info("TLS: the certificate in {} is good until {}", files.certificate(), end);
    }
    warnIfOpen();
  }

  private void warnIfOpen() {
    try {
      if (Files.getPosixFilePermissions(files.key()).contains(PosixFilePermission.OTHERS_READ)) {
        LOG.warn("TLS: everybody on this machine may read the key: chmod o-r {}", files.key());
      }
    } catch (IOException | UnsupportedOperationException unknown) {
      // A file system without such permissions has nothing to warn of.
    }
  }
}
