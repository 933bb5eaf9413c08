@NullMarked
package io.tidegate.webhook.source;

import org.jspecify.annotations.NullMarked;
