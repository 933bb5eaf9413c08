package io.tidegate.faults.check;

/** One message's place for everybody. */
record Place(String app, String channel, String epoch, long seq) {
  @Override
  public String toString() {
    return app + " " + channel + " " + epoch + " " + seq;
  }
}
