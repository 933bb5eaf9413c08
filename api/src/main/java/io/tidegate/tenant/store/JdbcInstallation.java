package io.tidegate.tenant.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.settings.SettingsException;
import io.tidegate.tenant.Envelope;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What there is once per database. */
@Singleton
public class JdbcInstallation {
  static final String LABEL = "installation";

  private final JdbcWork work;
  private final Envelope envelope;
  private final Sql sql;

  JdbcInstallation(JdbcWork work, Envelope envelope, Sql sql) {
    this.work = work;
    this.envelope = envelope;
    this.sql = sql;
  }

  /**
   * With another master key no key of any app would open: better not to start than to refuse
   * everyone.
   *
   * @throws SettingsException when the database was sealed with another master key
   */
  public void checkMasterKey() {
    work.write(
        Reach.EVERYTHING,
        () -> sql.insert(envelope.seal(LABEL, LABEL.getBytes(StandardCharsets.US_ASCII))));
    byte[] check = work.read(Reach.EVERYTHING, sql::find).orElseThrow().masterKeyCheck();
    try {
      envelope.open(LABEL, check);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "TIDEGATE_MASTER_KEY (or data/secrets/master-key) is not the key that this database's"
              + " secrets were sealed with: put the old one back");
    }
  }

  /** The one row. */
  @MappedEntity("installation")
  @SuppressWarnings("ArrayRecordComponent") // rows are not compared
  record Row(@Id boolean singleton, byte[] masterKeyCheck) {}

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<Row, Boolean> {
    @Query(
        """
        INSERT INTO installation (master_key_check) VALUES (:check)
        ON CONFLICT (singleton) DO NOTHING
        """)
    long insert(byte[] check);

    @Query("SELECT singleton, master_key_check FROM installation")
    Optional<Row> find();
  }
}
