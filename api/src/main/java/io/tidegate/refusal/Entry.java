package io.tidegate.refusal;

/** What is written, in order: a number of those left out stands behind what it is counted from. */
sealed interface Entry permits Occurrence, LeftOut {}
