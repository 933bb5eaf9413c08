/**
 * What clients are sent, and how it is spelled: events as values, messages encoded once for
 * everyone, and the seam for each wire format.
 */
@NullMarked
package io.tidegate.frame;

import org.jspecify.annotations.NullMarked;
