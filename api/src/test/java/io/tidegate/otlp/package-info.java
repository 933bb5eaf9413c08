@NullMarked
package io.tidegate.otlp;

import org.jspecify.annotations.NullMarked;
