/** That the SDKs pass the list, and that what the README shows works. */
@NullMarked
package io.tidegate.scenarios;

import org.jspecify.annotations.NullMarked;
