package io.tidegate.tenant.store;

/** Hears of audit events as they are written; on the writer's thread, so it never waits. */
public interface AuditListener {
  /** Whether anybody would hear: asked first, so that nothing is read for nobody. */
  boolean listens();

  /** After the commit of the change. */
  void onEvent(AuditEvent event);
}
