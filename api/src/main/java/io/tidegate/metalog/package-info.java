/**
 * {@code [meta]log}: what happens in an app, for whoever listens now. Made only while somebody
 * does, so many a second; the rest is counted.
 */
@NullMarked
package io.tidegate.metalog;

import org.jspecify.annotations.NullMarked;
