/** The nouns' own rules, against naive readings of them. */
@NullMarked
package io.tidegate.channel;

import org.jspecify.annotations.NullMarked;
