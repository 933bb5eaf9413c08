/** Programs that do with an SDK what they are told, and tell what it reports. */
@NullMarked
package io.tidegate.scenarios.driver;

import org.jspecify.annotations.NullMarked;
