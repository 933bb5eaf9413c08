package io.tidegate.channel;

/** An epoch and the seq of its first message; seq goes on across epochs. */
public record EpochStart(Epoch epoch, long firstSeq) {}
